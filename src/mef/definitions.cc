#include "mef/definitions.h"

#include <array>

#include "base/text.h"

namespace outlast::mef {

namespace {

constexpr std::string_view kDefine = "define-";

struct Known {
  std::string_view element;
  DefinitionKind kind;
};
constexpr std::array<Known, 4> kKnown = {{{"define-gate", DefinitionKind::gate},
                                          {"define-basic-event", DefinitionKind::basic_event},
                                          {"define-house-event", DefinitionKind::house_event},
                                          {"define-parameter", DefinitionKind::parameter}}};

/// Parts of the format that are understood and not supported: by name, what to do instead.
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kRefused = {{
    {"define-CCF-group", "write the common cause as a basic event of its own"},
    {"define-event-tree", "give the fault trees of its sequences"},
    {"define-initiating-event", "give the fault trees alone"},
    {"define-functional-event", "give the fault trees alone"},
    {"define-sequence", "give the fault trees alone"},
    {"define-rule", "give the fault trees alone"},
    {"define-consequence-group", "give the fault trees alone"},
    {"define-substitution", "write the substituted events into the gates"},
    {"define-alignment", "give a model per phase"},
    {"define-extern-library", "write the function as an expression"},
    {"define-extern-function", "write it as an expression"},
}};

bool is_container(std::string_view element) {
  return element == "define-fault-tree" || element == "define-component" || element == "model-data";
}

}  // namespace

std::string_view words_for(DefinitionKind kind) {
  switch (kind) {
    case DefinitionKind::gate:
      return "gate";
    case DefinitionKind::basic_event:
      return "basic event";
    case DefinitionKind::house_event:
      return "house event";
    case DefinitionKind::parameter:
      break;
  }
  return "parameter";
}

Definitions::Definitions(const std::vector<XmlFile>& files, const base::Sources& sources,
                         Mistakes& mistakes)
    : files_(files), sources_(sources), mistakes_(mistakes) {
  for (file_ = 0; file_ < files.size(); ++file_) {
    const Element root = files[file_].root();
    if (root.name() != "opsa-mef") {
      mistakes.error("OUT-E1510", files[file_].span_of(root),
                     "the root is " + std::string(root.name()) + ", not opsa-mef",
                     "give a model in the Open-PSA exchange format");
      continue;
    }
    read_container(root, 0, false);
  }
}

/// Containers nest no deeper than elements may.
void Definitions::read_container(  // NOLINT(misc-no-recursion)
    Element container, std::uint32_t scope, bool is_private) {
  for (const Element element : Elements(container)) {
    const std::string_view what = element.name();
    if (is_text_about(what) || enter(element, scope, is_private)) {
      continue;
    }
    bool is_known = false;
    for (const Known& known : kKnown) {
      if (known.element == what) {
        is_known = true;
        define(known.kind, element, scope, has_role_private(element, is_private));
      }
    }
    if (!is_known) {
      refuse(element);
    }
  }
}

bool Definitions::enter(  // NOLINT(misc-no-recursion)
    Element element, std::uint32_t scope, bool is_private) {
  const std::string_view what = element.name();
  if (!is_container(what)) {
    return false;
  }
  std::uint32_t inner = scope;
  if (what != "model-data") {
    inner = static_cast<std::uint32_t>(scopes_.size());
    const std::string_view name = name_of(element);
    scopes_.push_back(scopes_[scope] + std::string(name) + ".");
    const base::Span span = files_[file_].span_of(element);
    const auto [at, is_new] = containers_.emplace(scopes_.back(), span);
    if (!is_new && !name.empty()) {
      tell_twice(name, span, what == "define-component" ? "component" : "fault tree", at->second);
    }
  }
  read_container(element, inner, has_role_private(element, is_private));
  return true;
}

bool Definitions::has_role_private(Element element, bool inherited) {
  const std::string_view role = element.attribute("role");
  if (!role.empty() && role != "private" && role != "public") {
    mistakes_.error("OUT-E1510", files_[file_].span_of(element),
                    "the role is " + std::string(role) + ", neither public nor private",
                    "write role=\"public\" or role=\"private\", or leave it out");
  }
  return role.empty() ? inherited : role == "private";
}

std::string_view Definitions::name_of(Element element) {
  const std::string_view name = element.attribute("name");
  if (name.empty()) {
    mistakes_.error("OUT-E1510", files_[file_].span_of(element),
                    std::string(element.name()) + " has no name", "add name=\"…\"");
  }
  return name;
}

void Definitions::define(DefinitionKind kind, Element element, std::uint32_t scope,
                         bool is_private) {
  const std::string_view name = name_of(element);
  const DefinitionId id(items_.size());
  items_.push_back({kind, file_, scope, name, element, is_private});
  if (name.empty()) {
    return;  // what is in it may be wrong too
  }
  Names& names = kind == DefinitionKind::parameter ? parameters_ : events_;
  privates_ += is_private ? 1 : 0;
  const DefinitionId first =
      is_private ? names.by_path.emplace(scopes_[scope] + std::string(name), id).first->second
                 : names.by_name.emplace(name, id).first->second;
  if (first != id) {
    tell_twice(first, id);
    if (++twice_ > Mistakes::kMostKept) {
      items_.pop_back();  // nobody is told what else is wrong with it, and there may be millions
    }
  }
}

void Definitions::tell_twice(DefinitionId first, DefinitionId second) {
  tell_twice(items_[second.index].name, span_of(second), words_for(items_[first.index].kind),
             span_of(first));
}

void Definitions::tell_twice(std::string_view name, base::Span second, std::string_view first_kind,
                             base::Span first) {
  constexpr std::size_t kMost = 100;  // looking up a line is linear in the file
  base::Diagnostic twice{base::DiagnosticSeverity::error, "OUT-E1511", second,
                         std::string(name) + " is defined twice", "rename one of them"};
  if (++hints_ <= kMost) {
    twice.notes.push_back("first as a " + std::string(first_kind) + " in " +
                          sources_.path(first.source) + ":" +
                          std::to_string(sources_.position(first.source, first.begin).line));
  }
  mistakes_.add(std::move(twice));
}

void Definitions::refuse(Element element) {
  const std::string_view what = element.name();
  for (const auto& [name, instead] : kRefused) {
    if (name == what) {
      mistakes_.error("OUT-E1510", files_[file_].span_of(element),
                      std::string(what) + " is not supported", std::string(instead));
      return;
    }
  }
  constexpr std::array<std::string_view, 7> kAllowed = {
      "define-fault-tree",  "define-component", "define-gate", "define-basic-event",
      "define-house-event", "define-parameter", "model-data"};
  mistakes_.error("OUT-E1510", files_[file_].span_of(element),
                  "there is no element " + std::string(what) + " here",
                  suggest_or(what, kAllowed, "leave it out: a model holds definitions alone"));
}

base::Span Definitions::span_of(DefinitionId id) const {
  const Definition& definition = items_[id.index];
  return files_[definition.file].span_of_name(sources_, definition.element);
}

std::string Definitions::full_name(DefinitionId id) const {
  const Definition& definition = items_[id.index];
  return (definition.is_private ? scopes_[definition.scope] : "") + std::string(definition.name);
}

void Definitions::index_paths() {
  has_paths_ = true;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const Definition& item = items_[i];
    Names& names = item.kind == DefinitionKind::parameter ? parameters_ : events_;
    names.by_path.emplace(scopes_[item.scope] + std::string(item.name), DefinitionId(i));
  }
}

DefinitionId Definitions::find(std::string_view name, std::uint32_t scope, bool is_parameter) {
  const Names& names = is_parameter ? parameters_ : events_;
  const auto by_name = names.by_name.find(name);
  const bool is_public = by_name != names.by_name.end();
  if (is_public && privates_ == 0) {
    return by_name->second;
  }
  if (!has_paths_ && (privates_ > 0 || name.find('.') != std::string_view::npos)) {
    index_paths();
  }
  if (const auto at = names.by_path.find(scopes_[scope] + std::string(name));
      at != names.by_path.end()) {
    return at->second;
  }
  if (is_public) {
    return by_name->second;
  }
  const auto at = names.by_path.find(std::string(name));
  return at == names.by_path.end() ? DefinitionId() : at->second;
}

void Definitions::tell_undefined(std::string_view name, Element element, std::uint32_t file,
                                 bool is_parameter) {
  // Who writes basic-event means no gate.
  const bool may_be_any = is_parameter || element.name() == "event";
  const std::string_view nearest = nearest_of(name, is_parameter, may_be_any ? "" : element.name());
  const std::string_view near = nearest == name ? std::string_view() : nearest;  // out of reach
  ++hints_;
  mistakes_.error("OUT-E1512", files_[file].span_of_name(sources_, element),
                  std::string(name) + " is not defined",
                  near.empty() ? "define it, in this file or one given with it"
                               : "did you mean \"" + std::string(near) + "\"?");
}

/// What is called nearly so, among definitions by `define-…`; of any where that is empty.
std::string_view Definitions::nearest_of(std::string_view name, bool is_parameter,
                                         std::string_view said) const {
  constexpr std::size_t kMostNames = 4096;  // a hint is no reason to be slow
  constexpr std::size_t kMostHints = 100;
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < items_.size() && names.size() < kMostNames && hints_ < kMostHints;
       ++i) {
    const bool is_so = said.empty() || items_[i].element.name().substr(kDefine.size()) == said;
    if (is_so && (items_[i].kind == DefinitionKind::parameter) == is_parameter) {
      names.push_back(items_[i].name);
    }
  }
  return base::nearest(name, names);
}

}  // namespace outlast::mef
