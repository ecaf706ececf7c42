"""Addresses of the office."""

from django.urls import path

from fazhi.web.office import (
    acts,
    correcting,
    erasing,
    figures,
    health,
    intake,
    letters,
    matter,
    organisation,
    overlays,
    picking,
    reports,
    search,
    session,
    todo,
    whole,
)

app_name = "office"
urlpatterns = [
    path("", todo.desk, name="desk"),
    path("login/", session.log_in, name="login"),
    path("logout/", session.log_out, name="logout"),
    path("post/", session.choose_post, name="post"),
    path("receive/", intake.receive, name="receive"),
    path("matters/", search.search, name="search"),
    path("matters/<uuid:identity>/", matter.matter, name="matter"),
    path("matters/<uuid:identity>/record/", acts.record, name="record"),
    path("matters/<uuid:identity>/preview/", acts.preview, name="preview"),
    path("matters/<uuid:identity>/correct/<int:seq>/", correcting.correct, name="correct"),
    path("matters/<uuid:identity>/reveal/", matter.reveal, name="reveal"),
    path("matters/<uuid:identity>/erase/<uuid:party>/", erasing.erase, name="erase"),
    path("matters/<uuid:identity>/files/<uuid:name>/", matter.file, name="file"),
    path("matters/<uuid:identity>/letters/<int:seq>/<str:name>/", letters.letter, name="letter"),
    path("matters/<uuid:identity>/letters/<uuid:file>/", letters.kept, name="kept"),
    path("matters/<uuid:identity>/whole/", whole.whole, name="whole"),
    path("units/", picking.near_units, name="units"),
    path("health/", health.health, name="health"),
    path("rules/", overlays.rules, name="rules"),
    path("rules/<uuid:identity>/", overlays.rule, name="rule"),
    path("rules/<uuid:identity>/<str:verb>/", overlays.act, name="rule_act"),
    path("units/", organisation.organisation, name="organisation"),
    path("units/<uuid:identity>/hand-over/", organisation.hand_over, name="hand_over"),
    path("figures/", figures.figures, name="figures"),
    path("figures/<str:name>/", figures.figure, name="figure"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<uuid:identity>/", reports.report, name="report"),
    path("reports/<uuid:identity>/<str:verb>/", reports.act, name="report_act"),
]
