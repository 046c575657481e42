"""The sign-in library, in our words, by our mail, with our rules."""

import re
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.forms import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from benchside.accounts import demo
from benchside.accounts.devices import describe
from benchside.accounts.models import User
from benchside.accounts.sealing import seal, unseal
from benchside.core import mail

# Changes the owner of an account is told of, by the library's name for the message.
CHANGES = {
    "account/email/email_changed": "your e-mail address was changed",
    "account/email/email_confirm": "your e-mail address was confirmed",
    "account/email/email_deleted": "an e-mail address was taken off your account",
    "account/email/password_changed": "your password was changed",
    "account/email/password_reset": "your password was set anew",
    "account/email/password_set": "a password was added",
    "mfa/email/recovery_codes_generated": "new recovery codes were made",
    "mfa/email/totp_activated": "an authenticator app was added",
    "mfa/email/totp_deactivated": "the authenticator app was taken off",
    "mfa/email/webauthn_added": "a passkey was added",
    "mfa/email/webauthn_removed": "a passkey was taken off",
}
LETTERS = {
    "account/email/email_confirmation": "accounts/address_code",
    "account/email/email_confirmation_signup": "accounts/address_code",
    "account/email/account_already_exists": "accounts/already_registered",
    "account/email/unknown_account": "accounts/unknown_address",
    "account/email/password_reset_key": "accounts/password_reset",
}
LONGEST_ADDRESS = 254  # RFC 5321, and the column
PASSED_ON = ("code", "password_reset_url", "signup_url", "timestamp")

HOLDS_CODE = "holds_code"  # of the session: invited on paper, so may sign up though it is closed
WRONG_CODE = "This code is not right, or it has run out. Type the newest one."
WAIT = "That was too many tries. Wait five minutes, then try again."


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {  # noqa: RUF012 - the library's own shape
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is closed.",
        "duplicate_email": "This is your address already.",
        "email_password_mismatch": "The e-mail address or the password is not right. Try again.",
        "email_taken": "This address cannot be used. Use another one.",
        "enter_current_password": "This is not your password of now. Type it again.",
        "incorrect_code": WRONG_CODE,
        "incorrect_password": "This is not your password. Type it again.",
        "invalid_or_expired_key": "This link has run out. Ask for a new one.",
        "invalid_password_reset": "This link has run out, or was used. Ask for a new one.",
        "rate_limited": WAIT,
        "too_many_login_attempts": WAIT,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.SIGN_UP_OPEN) or HOLDS_CODE in request.session

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        if not demo.may_enter(user, request):
            return redirect("accounts:demonstration_only")
        return super().pre_login(request, user, **kwargs)

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user.name = form.cleaned_data.get("name", "")
        return super().save_user(request, user, form, commit)

    def clean_email(self, email: str) -> str:
        """Refuse what the library would cut off silently, and what erased people are left with."""
        if len(email) > LONGEST_ADDRESS:
            raise ValidationError("This address is too long. Use a shorter one.")
        if email.lower().endswith(".invalid"):
            raise ValidationError("Type an address that mail can reach.")
        return email

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Built on our own address: a forged Host header must not lead people elsewhere."""
        return settings.BASE_URL + reverse(
            "account_reset_password_from_key", args=["UID", "KEY"]
        ).replace("UID-KEY", key)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        kept = {name: context[name] for name in PASSED_ON if name in context}
        kept["signup_url"] = settings.BASE_URL + reverse("account_signup")
        kept["reset_url"] = settings.BASE_URL + reverse("account_reset_password")
        if change := CHANGES.get(template_prefix):
            device = describe(context.get("user_agent", ""))
            mail.send("accounts/security_change", email, {**kept, "what": change, "device": device})
        else:
            mail.send(LETTERS[template_prefix], email, kept)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": "Use your password",
            "mfa_reauthenticate": "Use a code from your app, or a recovery code",
            "mfa_reauthenticate:webauthn": "Use a passkey",
        }
        methods = super().get_reauthentication_methods(user)
        return [{**method, "description": words[method["id"]]} for method in methods]


class MfaAdapter(DefaultMFAAdapter):
    error_messages = {  # noqa: RUF012 - the library's own shape
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "This cannot be taken off.",
        "cannot_generate_recovery_codes": "Add a passkey or an app first.",
        "incorrect_code": WRONG_CODE,
        "unverified_email": "Confirm your e-mail address first.",
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        """The QR code as markup for the page itself: the policy shows no `data:` picture.

        Black on white whatever the mode, as cameras expect it.
        """
        svg = re.sub(r"<\?xml[^>]*\?>\s*", "", super().build_totp_svg(url))
        size = re.search(r'viewBox="0 0 (\S+) (\S+)"', svg)
        width, height = (size[1], size[2]) if size else ("100%", "100%")
        paper = (
            f'<title>QR code for your app</title><path fill="#fff" d="M0 0h{width}v{height}H0z"/>'
        )
        return re.sub(
            r"<svg[^>]*>",
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="240" height="240" '
            f'viewBox="0 0 {width} {height}">{paper}',
            svg,
            count=1,
        )

    def generate_authenticator_name(self, user: User, type: Any) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return "My passkey" if number == 1 else f"My passkey {number}"

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """The account at a device is known by an opaque id, not by a number others could guess."""
        entity = super().get_public_key_credential_user_entity(user)
        return {**entity, "display_name": user.get_full_name()}
