"""What all tables of the admin share: they are looked at, and mended little."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest


class Looked(admin.ModelAdmin):  # type: ignore[type-arg]
    """A table to look at. A subclass names in `mended` the few fields that may be changed by hand."""

    mended: ClassVar[tuple[str, ...]] = ()
    hidden: ClassVar[tuple[str, ...]] = ()
    is_removable: ClassVar[bool] = False
    show_full_result_count = False
    list_per_page = 50

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        """Every column but the hidden."""
        return [field.name for field in self.opts.fields if field.name not in self.hidden]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """Every field but the mended."""
        return [name for name in self.get_fields(request, obj) if name not in self.mended]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Rows are made by the services."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only where something may be mended."""
        return bool(self.mended) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only where nothing anybody made hangs on it."""
        return self.is_removable and super().has_delete_permission(request, obj)
