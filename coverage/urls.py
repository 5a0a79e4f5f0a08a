"""Every address of the project: the desk here, the public ones in the site's and the reviews' own."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("desk/", admin.site.urls),
    path("", include("reviews.urls")),
    path("", include("coverage.site.urls")),
]
