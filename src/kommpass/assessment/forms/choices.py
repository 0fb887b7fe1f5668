"""Fields of this room: yes or no in words, and members of the board of whom some cannot be chosen."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext as _t

from kommpass.people.models import User
from kommpass.ui.forms import RowsField


class YesNoField(forms.TypedChoiceField):
    """Two answers in words; the cleaned value is a bool. Nothing is chosen beforehand."""

    widget = forms.RadioSelect

    def __init__(self, *, yes, no, **kwargs):
        super().__init__(choices=[("yes", yes), ("no", no)], coerce=lambda value: value == "yes", **kwargs)


class MembersWidget(forms.CheckboxSelectMultiple):
    """Whoever cannot be chosen stays on the list, with the reason beside the name."""

    reasons: Mapping[int, str] = {}

    def create_option(self, name, value, label, *args, **kwargs):
        option = super().create_option(name, value, label, *args, **kwargs)
        if reason := self.reasons.get(getattr(value, "value", value)):
            option["label"] = _t("%(name)s (nicht möglich: %(reason)s)") % {"name": label, "reason": reason}
            option["attrs"]["disabled"] = True
        return option


class MembersField(RowsField):
    """Members of the board for a case; `offer` says who they are and who of them cannot be chosen."""

    widget = MembersWidget

    def __init__(self, **kwargs):
        super().__init__(queryset=User.objects.none(), **kwargs)

    def offer(self, members, reasons: Mapping[int, str]) -> None:
        self.queryset = members
        self.widget.reasons = self.reasons = reasons

    def clean(self, value):
        chosen = super().clean(value)
        for member in chosen:
            if reason := self.reasons.get(member.pk):
                raise forms.ValidationError(
                    _t("%(name)s ist nicht möglich: %(reason)s"),
                    params={
                        "name": member,
                        "reason": reason,
                    },
                )
        return chosen
