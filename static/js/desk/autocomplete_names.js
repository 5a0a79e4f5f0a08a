// Select2 names its boxes after their content alone: let the field's label come first.
function nameThem() {
  for (const select of document.querySelectorAll("select.admin-autocomplete[id]")) {
    const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    const content = document.getElementById(`select2-${select.id}-container`);
    const box = content?.closest(".select2-selection");
    if (!label || !box) continue;
    label.id ||= `${select.id}_label`;
    box.setAttribute("aria-labelledby", `${label.id} ${content.id}`);
    content.setAttribute("aria-labelledby", label.id);
  }
}

// In line behind the admin's own script, which makes the boxes when jQuery says that the page is there.
window.django.jQuery(nameThem);
document.addEventListener("formset:added", () => setTimeout(nameThem));
