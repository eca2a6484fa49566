#include "import/formats.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "import/blueprint_yaml.h"
#include "import/cloudformation.h"
#include "import/compose.h"
#include "import/kubernetes.h"
#include "import/kubernetes_objects.h"
#include "import/terraform_plan.h"
#include "import/terraform_state.h"
#include "import/traces.h"

namespace outlast::import {

using base::Node;

namespace {

constexpr std::string_view kBlueprint = "blueprint";

/// Gives a reader that needs no further files the roots alone.
template <auto kRead>
void with_roots(const std::vector<InputDocument>& documents, Desk& desk) {
  std::vector<Node> roots;
  roots.reserve(documents.size());
  for (const InputDocument& document : documents) {
    roots.push_back(document.root);
  }
  kRead(roots, desk.draft, desk.diagnostics);
}

constexpr Format kFormats[] = {
    {kBlueprint, is_blueprint, read_blueprint},
    {"terraform-plan", is_terraform_plan, read_terraform_plan},
    {"terraform-state", is_terraform_state, read_terraform_state, nullptr, true},
    {kKubernetes, is_kubernetes, nullptr, with_roots<read_kubernetes>},
    {"cloudformation", is_cloudformation, nullptr, read_cloudformation},
    {"compose", is_compose, nullptr, read_compose},
    {"traces", is_traces, nullptr, read_traces},  // last: they name what others hold
};

}  // namespace

std::span<const Format> formats() {
  return kFormats;
}

bool is_read_as(std::string_view format, std::string_view only) {
  return only.empty() || format == only || format == kBlueprint;
}

const Format* format_of(Node root, std::string_view only) {
  const auto found =
      std::find_if(std::begin(kFormats), std::end(kFormats), [&](const Format& format) {
        return is_read_as(format.name, only) && format.recognise(root);
      });
  return found == std::end(kFormats) ? nullptr : &*found;
}

bool check_format(std::string_view name, base::Diagnostics& diagnostics) {
  std::vector<std::string_view> known = {kTerraform};
  for (const Format& format : kFormats) {
    known.push_back(format.name);
  }
  const bool is_known = name.empty() || std::find(known.begin(), known.end(), name) != known.end();
  if (!is_known) {
    diagnostics.error("OUT-E1009", {}, fmt::format("no input is of a format called {}", name),
                      base::suggest(name, known));
  }
  return is_known;
}

}  // namespace outlast::import
