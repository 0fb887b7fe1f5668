"""What a person may change about themselves."""

from django import forms

from kommpass.people.models import User


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "phone"]
