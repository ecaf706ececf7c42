"""Addresses of Open311."""

from django.urls import path, register_converter

from fazhi.api.open311 import views


class Form:
    """The ending that says in which form to answer."""

    regex = "xml|json"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Identity(Form):
    """An identity without a dot, so that the ending can be told from it."""

    regex = r"[^/.]+"


register_converter(Form, "form")
register_converter(Identity, "undotted")

app_name = "open311"
urlpatterns = [
    path("discovery.<form:form>", views.discovery, name="discovery"),
    path("v2/services.<form:form>", views.service_list, name="services"),
    path("v2/services/<undotted:code>.<form:form>", views.service, name="service"),
    path("v2/requests.<form:form>", views.request_list, name="requests"),
    path("v2/requests/<undotted:identity>.<form:form>", views.one_request, name="request"),
    path("v2/tokens/<undotted:identity>.<form:form>", views.token, name="token"),
]
