"""Logging in through an OpenID Connect provider: code flow with PKCE; who has no account here comes no further."""

from functools import lru_cache
from typing import Any, Final

from authlib.integrations.base_client import OAuthError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from joserfc.errors import JoseError
from requests import RequestException

from fazhi.people import identities
from fazhi.web.office.session import PROBLEM, let_in, onward_of

NEXT: Final = "fazhi.next"
SECONDS: Final = 10


@lru_cache(maxsize=4)
def _provider(issuer: str, client: str, secret: str) -> Any:
    registered = OAuth()
    registered.register(
        "outside",
        client_id=client,
        client_secret=secret,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile", "code_challenge_method": "S256", "timeout": SECONDS},
    )
    return registered.outside


def provider() -> Any:
    """The provider of the settings; 404 where none is set up."""
    if not settings.FAZHI_OIDC_ISSUER:
        raise Http404
    return _provider(settings.FAZHI_OIDC_ISSUER, settings.FAZHI_OIDC_CLIENT, settings.FAZHI_OIDC_SECRET)


@never_cache
@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    found = provider()
    request.session[NEXT] = onward_of(request)
    back = request.build_absolute_uri(reverse("office:outside_back"))
    try:
        answer: HttpResponse = found.authorize_redirect(request, back)
    except (RequestException, OAuthError):
        return _refuse(request, _("统一身份认证暂时连不上，请稍后再试，或者用本平台的密码登录。"))
    return answer


@never_cache
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """State, nonce, issuer, audience and times are checked before anything of the token is believed."""
    try:
        token = provider().authorize_access_token(request)
    except (RequestException, OAuthError, JoseError):
        return _refuse(request, _("统一身份认证没有通过，请重新登录。"))
    told = token.get("userinfo") or {}
    username = str(told.get(settings.FAZHI_OIDC_CLAIM, ""))
    account = identities.account_of(str(told.get("iss", "")), str(told.get("sub", "")), username)
    if account is None:
        return _refuse(request, _("您在本平台没有账号，请联系管理员开通。"))
    onward = request.session.pop(NEXT, "") or reverse("office:desk")
    return let_in(request, account, onward)


def _refuse(request: HttpRequest, problem: str) -> HttpResponse:
    request.session[PROBLEM] = problem
    return redirect("office:login")
