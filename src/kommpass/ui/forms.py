"""Draws every Django form as accessible KERN fields: set FORM_RENDERER to KernRenderer, then write {{ form }}."""

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates

TEXT = "kern-form-input__input"
SELECT = "kern-form-input__select"
CHECKBOX = "kern-form-check__checkbox"
RADIO = "kern-form-check__radio"

# Which drawing a widget gets: the first class that fits decides.
SHAPES = (
    # Django's list of checkboxes is a kind of radio list: it must come first.
    (forms.CheckboxSelectMultiple, "choices", CHECKBOX),
    (forms.RadioSelect, "choices", RADIO),
    (forms.CheckboxInput, "check", CHECKBOX),
    (forms.Select, "select", SELECT),
    (forms.Textarea, "text", TEXT),
    (forms.ClearableFileInput, "file", TEXT),
    (forms.FileInput, "file", TEXT),
    (forms.MultiWidget, "group", TEXT),
)
SHORT = (forms.DateInput, forms.DateTimeInput, forms.TimeInput, forms.NumberInput)


def shape_of(widget: forms.Widget) -> tuple[str, str]:
    """The drawing of a widget and the KERN class of its input.

    >>> shape_of(forms.Select())
    ('select', 'kern-form-input__select')
    """
    for kind, shape, css in SHAPES:
        if isinstance(widget, kind):
            return shape, css
    return "text", TEXT


class KernField(BoundField):
    """A field with its value: knows how it wants to be drawn and where a mistake should lead."""

    def __init__(self, form, field, name):
        super().__init__(form, field, name)
        use_calendar(field.widget)

    @property
    def shape(self) -> str:
        return shape_of(self.field.widget)[0]

    @property
    def required(self) -> bool:
        return self.field.required

    @property
    def focus_id(self) -> str:
        """The element a link in the error summary leads to: of a group of choices, the first one."""
        return f"{self.auto_id}_0" if self.shape in ("choices", "group") else self.id_for_label or self.auto_id

    def build_widget_attrs(self, attrs, widget=None):
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if not widget.is_hidden:
            attrs["class"] = " ".join([*self._classes(widget), *widget.attrs.get("class", "").split()])
        if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == "10":
            attrs["rows"] = 4  # ten is Django's habit, not somebody's choice; the field grows with its text
        return attrs

    def _classes(self, widget) -> list[str]:
        css = shape_of(widget)[1]
        classes = [css]
        if isinstance(widget, SHORT):
            classes.append(f"{css}--short")
        if self.errors:
            classes.append(f"{css}--error")
        return classes


def use_calendar(widget: forms.Widget) -> None:
    """Let the browser offer its calendar and its clock; typed German dates are still understood."""
    for kind, browser_type, written in (
        (forms.DateTimeInput, "datetime-local", "%Y-%m-%dT%H:%M"),
        (forms.DateInput, "date", "%Y-%m-%d"),
        (forms.TimeInput, "time", "%H:%M"),
    ):
        if isinstance(widget, kind) and widget.input_type == "text":
            widget.input_type, widget.format = browser_type, written
            return


class KernRenderer(DjangoTemplates):
    """The renderer for settings.FORM_RENDERER."""

    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = KernField


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows of a table by checkbox. A forged key (too long, not a number) is no choice, and no crash."""

    LONGEST_KEY = 18

    def clean(self, value):
        for each in value or ():
            if not (str(each).isdecimal() and len(str(each)) <= self.LONGEST_KEY):
                raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": each})
        return super().clean(value)
