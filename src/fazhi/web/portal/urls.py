"""Addresses of the portal."""

from django.urls import path

from fazhi.web.portal import (
    drafts,
    follow,
    gazette,
    guides,
    home,
    lodge,
    lodged,
    open_data,
    readings,
    registers,
    reports,
)

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("lodge/", lodge.lodge, name="lodge"),
    path("lodge/near/", lodge.near, name="lodge_near"),
    path("lodge/done/", lodged.lodged, name="lodged"),
    path("follow/", follow.follow, name="follow"),
    path("follow/add/", follow.add, name="add"),
    path("follow/withdraw/", follow.withdraw, name="withdraw"),
    path("follow/rate/", follow.rate, name="rate"),
    path("gazette/", gazette.gazette, name="gazette"),
    path("gazette/feed.<str:form>", gazette.feed, name="feed"),
    path("gazette/table.<str:form>", gazette.table, name="gazette_table"),
    path("gazette/<str:identity>/", gazette.notice, name="notice"),
    path("guides/", guides.guides, name="guides"),
    path("guides/<str:name>/", guides.guide, name="guide"),
    path("guides/<str:name>/<str:day>/", guides.guide, name="guide_of_day"),
    path("registers/", registers.registers, name="registers"),
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/<str:identity>/", drafts.draft, name="draft"),
    path("data/", open_data.page, name="open_data"),
    path("data/registers/<str:name>.<str:form>", open_data.register, name="open_register"),
    path("registers/<str:name>/", registers.register, name="register"),
    path("registers/<str:name>/<str:address>/", registers.line, name="register_line"),
    path("readings/", readings.readings, name="readings"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<str:identity>/", reports.report, name="report"),
    path("reports/<str:identity>/<str:name>/", reports.figure, name="figure"),
    path("help/", home.page("help"), name="help"),
    path("accessibility/", home.page("accessibility"), name="accessibility"),
    path("privacy/", home.page("privacy"), name="privacy"),
]
