"""Every address of the app, one line each, grouped by screen."""

from django.urls import URLPattern, path

from annotator.views import annotate, sentences

urlpatterns: list[URLPattern] = [
    # Annotate and tag by sentence
    path("exercises/<uuid:exercise_uuid>/articles/<uuid:article_uuid>/read/", annotate.start, name="reading-start"),
    path("readings/<uuid:reading_uuid>/", annotate.reading, name="reading"),
    path("readings/<uuid:reading_uuid>/operations/", annotate.reading_operations, name="reading-operations"),
    path("readings/<uuid:reading_uuid>/spans/<int:number>/", annotate.reading_span, name="reading-span"),
    path("readings/<uuid:reading_uuid>/sentences/", sentences.reading_sentences, name="reading-sentences"),
    path("readings/<uuid:reading_uuid>/hand-in/", annotate.hand_in, name="reading-hand-in"),
    path("readings/<uuid:reading_uuid>/reopen/", annotate.reopen, name="reading-reopen"),
]
