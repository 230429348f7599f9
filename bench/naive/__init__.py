"""A site over the same tables as one writes it in an afternoon: nested serializers, select_related, django-filter."""
