"""The forms of signing in, in our words: label, hint, and what a browser may fill in."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.validators import MaxLengthValidator, RegexValidator
from django.http import HttpRequest, HttpResponse

from benchside.accounts import tokens
from benchside.accounts.enums import Purpose
from benchside.accounts.models import User

STRENGTH_HINT = (
    "At least 12 letters, digits or signs. Three or four words are easy to keep in mind."
)
ONE_LINE = RegexValidator(r"\A[^\x00-\x1f\x7f-\x9f\u2028\u2029]*\Z", "Use plain letters only.")
ERASE_WORD = "ERASE"
EMPTY = "This is still empty."

# By field: label and hint; None keeps the library's hint out.
WORDS: dict[str, tuple[str, str]] = {
    "login": ("E-mail address", ""),
    "email": ("E-mail address", ""),
    "password": ("Password", ""),
    "remember": ("Keep me signed in on this device for two weeks", ""),
    "password1": ("New password", STRENGTH_HINT),
    "password2": ("New password once more", ""),
    "oldpassword": ("Password of now", ""),
    "code": ("Code", ""),
    "passwordless": ("Sign in with this passkey alone, without a password", ""),
}
INPUT_MODES = {"one-time-code": {"spellcheck": "false", "autocapitalize": "characters"}}


def name_field() -> forms.CharField:
    return forms.CharField(
        label="Your name",
        help_text="As colleagues should see it.",
        max_length=120,
        validators=[ONE_LINE],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


def adult_field() -> forms.BooleanField:
    """There is no account for a child; nothing asks for an age or a birthday."""
    return forms.BooleanField(
        label="I am 18 or over",
        error_messages={
            "required": "Accounts are for adults only. Tick this if you are 18 or over."
        },
    )


class InOurWords(forms.Form):
    """No placeholders, our labels, hints and errors. Stands before a form of the library."""

    words: dict[str, tuple[str, str]] = {}  # noqa: RUF012

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = EMPTY
            attrs = INPUT_MODES.get(str(field.widget.attrs.get("autocomplete")), {})
            field.widget.attrs.update(attrs)
            if found := {**WORDS, **self.words}.get(name):
                field.label, field.help_text = found


class SignIn(InOurWords, account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # "username" is what password managers look for beside "current-password".
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class SignUp(InOurWords, account.SignupForm):
    words = {"password1": ("Password", STRENGTH_HINT)}  # noqa: RUF012
    name = name_field()
    adult = adult_field()
    field_order = ("name", "email", "password1", "adult")

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """As the library's, but a known address takes as long as a new one: hashing is slow."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class ResetPassword(InOurWords, account.ResetPasswordForm):
    pass


class NewPassword(InOurWords, account.ResetPasswordKeyForm):
    pass


class ChangePassword(InOurWords, account.ChangePasswordForm):
    pass


class SetPassword(InOurWords, account.SetPasswordForm):
    pass


class ChangeAddress(InOurWords, account.AddEmailForm):
    words = {"email": ("New e-mail address", "We send a code there.")}  # noqa: RUF012


class ConfirmAddress(InOurWords, account.ConfirmEmailVerificationCodeForm):
    words = {"code": ("Code", "Eight letters, as they stand in the mail.")}  # noqa: RUF012


class Reauthenticate(InOurWords, account.ReauthenticateForm):
    pass


class SecondStep(InOurWords, mfa.AuthenticateForm):
    words = {  # noqa: RUF012
        "code": ("Code", "From your app, or one of your recovery codes.")
    }


class SecondStepAgain(SecondStep, mfa.ReauthenticateForm):
    pass


class AddApp(InOurWords, totp.ActivateTOTPForm):
    words = {"code": ("Code", "Six digits, as your app shows them now.")}  # noqa: RUF012


class AddPasskey(InOurWords, webauthn.AddWebAuthnForm):
    words = {  # noqa: RUF012
        "name": ("Name", "So that you know it from others: “My phone”, “Key on the ring”.")
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].validators.append(MaxLengthValidator(80))
        self.fields["passwordless"].initial = True


class RenamePasskey(InOurWords, webauthn.EditWebAuthnForm):
    words = {"name": ("Name", "")}  # noqa: RUF012


# --- our own pages --------------------------------------------------------------------------
class Rename(InOurWords):
    name = name_field()


class Invite(InOurWords):
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    purpose = forms.ChoiceField(label="They get", widget=forms.RadioSelect, initial=Purpose.ACCOUNT)

    def __init__(self, *args: Any, purposes: list[Purpose], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(purpose.value, purpose.label.capitalize()) for purpose in purposes]
        self.fields["purpose"].choices = choices  # type: ignore[attr-defined]


class Join(InOurWords):
    """Making the account an invitation is for. The address is fixed: the link came to it."""

    words = {"password1": ("Password", STRENGTH_HINT)}  # noqa: RUF012
    name = name_field()
    password1 = account.SetPasswordField(label="Password")
    adult = adult_field()

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].user = User(email=email)  # type: ignore[attr-defined]


class TypeCode(forms.Form):
    """The code of a sheet of paper."""

    code = forms.CharField(
        label="Your code",
        help_text="Twelve letters and figures. Small letters are fine, and gaps do not matter.",
        max_length=80,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        if not (code := tokens.read_code(self.cleaned_data["code"])):
            raise forms.ValidationError(
                f"This is no code of ours: they have {tokens.LENGTH} letters and figures, of "
                f"{tokens.LETTERS}. Look at the sheet again."
            )
        return code


class Erase(InOurWords):
    word = forms.CharField(
        label=f"Type {ERASE_WORD} to go on",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def clean_word(self) -> str:
        word = str(self.cleaned_data["word"])
        if word.strip().upper() != ERASE_WORD:
            raise forms.ValidationError(f"Type the word {ERASE_WORD}, or leave this page.")
        return word
