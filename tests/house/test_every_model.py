"""Every model has a home, a German name and a sentence; every file says what it is for."""

import ast

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from kommpass.municipalities.checks import SHARED
from kommpass.municipalities.scope import MunicipalModel
from tests.house.sources import python_files, told, tree

MODELS = [model for model in apps.get_models() if model.__module__.startswith("kommpass.")]
every_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)


@every_model
def test_a_model_belongs_to_one_town_or_says_aloud_that_it_is_shared(model):
    assert issubclass(model, MunicipalModel) != (model._meta.label in SHARED)


@every_model
def test_a_model_has_a_german_name(model):
    assert "verbose_name" in model._meta.original_attrs


@every_model
def test_a_model_says_what_it_is(model):
    said = (model.__doc__ or "").strip()
    assert said.endswith((".", ")")) and not said.startswith(f"{model.__name__}(")


@every_model
def test_what_belongs_to_a_town_is_never_taken_along_when_something_shared_goes(model):
    """Deleting a person or a town must not silently take away what a town has decided."""
    if model._meta.label in SHARED:
        return
    taken = [
        field.name for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.related_model._meta.label in SHARED
        and field.remote_field.on_delete.__name__ == "CASCADE"
    ]  # fmt: skip
    assert taken == []


def test_every_file_says_in_its_first_line_what_it_is_for():
    silent = [
        told(path)
        for path in python_files()
        if not ast.get_docstring(tree(path)) or not path.read_text(encoding="utf-8").startswith('"""')
    ]
    assert silent == []


def test_every_file_has_one_subject_and_therefore_an_end():
    long = {told(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    assert {path: lines for path, lines in long.items() if lines > 360} == {}
