"""Every address of the app, one line each, grouped by screen."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
