from django.urls import path

from reviews import views

app_name = "reviews"
urlpatterns = [
    path("reviews/", views.review_list, name="list"),
    path("reviews/<slug:slug>/", views.detail, name="detail"),
    path("series/<slug:slug>/reviews/", views.series_reviews, name="series"),
]
