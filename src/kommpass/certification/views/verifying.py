"""Is this certificate real, and does it hold today? For everybody, without account, nothing is kept."""

from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from kommpass.adapters.signature import Outcome
from kommpass.audits.door import public
from kommpass.certification import verifying
from kommpass.certification.forms import LARGEST_REQUEST, FileForm, NumberForm
from kommpass.people.addresses import of_installation
from kommpass.ui.pages import respond


@require_GET
@public
def verify(request):
    """Ask by number or with the file itself."""
    form = NumberForm(request.GET or None)
    if form.is_valid():
        return redirect(of_installation("certification:verify-number", form.cleaned_data["number"]))
    return respond(request, "certification/verify.html", {"form": form, "file_form": FileForm()})


@require_GET
@public
def verify_number(request, number: str):
    """The answer for one number: the address in the QR code."""
    day = timezone.localdate()
    answer = verifying.about_number(number, day)
    context = {"answer": answer, "day": day, "form": NumberForm(), "file_form": FileForm()}
    return respond(request, "certification/answer.html", context, status=200 if answer.standing else 404)


@csrf_exempt
@require_POST
@public
def verify_file(request):
    """Check a file. It changes nothing and keeps nothing, so strangers need no cookie for it."""
    announced = request.META.get("CONTENT_LENGTH") or ""
    if announced.isdecimal() and int(announced[:20]) > LARGEST_REQUEST:  # not even read
        return respond(
            request, "certification/verify.html", {"form": NumberForm(), "file_form": FileForm.too_large()}, status=413
        )
    form, status = FileForm(request.POST, request.FILES), 200
    context = {"form": NumberForm(), "file_form": form, "day": timezone.localdate()}
    if form.is_valid():
        of_file, answer = verifying.about_file(form.cleaned_data["file"].read(), context["day"])
        context |= {"of_file": of_file, "answer": answer}
        status = 503 if of_file.outcome is Outcome.BUSY else 200
    return respond(request, "certification/verify.html", context, status=status)
