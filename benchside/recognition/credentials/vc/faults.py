"""What may be wrong, as one family of errors: whoever calls may catch `CredentialError` alone."""


class CredentialError(ValueError):
    """Anything of credentials that cannot be done; the words say why."""


class UnknownContextError(CredentialError):
    """A document names a context that no package brings; none is ever fetched."""


class UnsafeError(CredentialError):
    """A document of which the signature would not cover all, or not the same for everybody."""


class NotCanonicalError(CredentialError):
    """A document whose nodes without ids cannot be told apart."""


class BadKeyError(CredentialError):
    """A key that is none, or of another kind than Ed25519."""


class BadStatusListError(CredentialError):
    """A status list that is none, too short, or unpacks to more than it may."""


class BadPictureError(CredentialError):
    """A picture that is none, or holds no credential, or more than one."""
