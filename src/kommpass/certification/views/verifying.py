"""Is this certificate real, and does it hold today? For everybody, without account, nothing is kept."""

from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from kommpass.audits.door import public
from kommpass.certification import verifying
from kommpass.certification.forms import FileForm, NumberForm
from kommpass.ui.pages import respond


@require_GET
@public
def verify(request):
    """Ask by number or with the file itself."""
    form = NumberForm(request.GET or None)
    if form.is_valid():
        return redirect("certification:verify-number", form.cleaned_data["number"])
    return respond(request, "certification/verify.html", {"form": form, "file_form": FileForm()})


@require_GET
@public
def verify_number(request, number: str):
    """The answer for one number: the address in the QR code."""
    answer = verifying.about_number(number, timezone.localdate())
    return respond(request, "certification/answer.html", {"answer": answer}, status=200 if answer.standing else 404)


@csrf_exempt
@never_cache
@require_POST
@public
def verify_file(request):
    """Check a file. It changes nothing and keeps nothing, so strangers need no cookie for it."""
    form = FileForm(request.POST, request.FILES)
    context = {"form": NumberForm(), "file_form": form}
    if form.is_valid():
        of_file, of_number = verifying.about_file(form.cleaned_data["file"].read(), timezone.localdate())
        context |= {"of_file": of_file, "answer": of_number}
    return respond(request, "certification/verify.html", context)
