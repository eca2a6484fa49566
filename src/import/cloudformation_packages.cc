#include "import/cloudformation_packages.h"

#include <string_view>
#include <utility>

namespace outlast::import {

using base::NodeKind;

namespace {

constexpr std::string_view kInit = "AWS::CloudFormation::Init";

/// Names of packages, of whichever manager and step.
ValueTree packages_in(const ValueTree& init) {
  ValueTree packages;
  packages.kind = NodeKind::map;
  packages.span = init.span;
  for (const auto& [config, steps] : init.members) {
    const ValueTree* by_manager = steps.member("packages");
    for (std::size_t i = 0; by_manager != nullptr && i < by_manager->members.size(); ++i) {
      for (const auto& [name, versions] : by_manager->members[i].second.members) {
        if (packages.member(name) == nullptr) {
          packages.members.emplace_back(name, text_value("installed", versions.span));
        }
      }
    }
  }
  return packages;
}

}  // namespace

std::optional<TemplateResource> packages_of(const TemplateResource& machine,
                                            const std::string& address) {
  const ValueTree* metadata = machine.properties.member("metadata");
  const ValueTree* init = metadata == nullptr ? nullptr : metadata->member(kInit);
  if (init == nullptr) {
    return std::nullopt;
  }
  ValueTree packages = packages_in(*init);
  if (packages.members.empty()) {
    return std::nullopt;
  }
  ValueTree host = unknown_value(init->span);
  host.uses = {address};
  ValueTree properties;
  properties.kind = NodeKind::map;
  properties.span = init->span;
  properties.members.emplace_back("host", std::move(host));
  properties.members.emplace_back("packages", std::move(packages));
  return TemplateResource{machine.logical + " packages", std::string(kInit), std::move(properties)};
}

}  // namespace outlast::import
