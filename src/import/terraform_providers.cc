#include "import/terraform_providers.h"

#include <algorithm>
#include <array>

namespace outlast::import {
namespace {

using Kind = HclExpression::Kind;

/// "aws" or "aws.eu", also where older ones quote it; empty for anything else.
std::string written_name(const HclExpression& expression) {
  if (expression.kind == Kind::name || expression.kind == Kind::text) {
    return expression.text;
  }
  return expression.kind == Kind::attribute && expression.children.front().kind == Kind::name
             ? expression.children.front().text + "." + expression.text
             : "";
}

/// By which resources choose a configuration.
std::string name_of(const HclNode& configuration) {
  const HclExpression* alias = configuration.body.attribute("alias");
  std::string name = configuration.labels.front();
  return alias == nullptr || alias->text.empty() ? name : name + "." + alias->text;
}

/// What a caller hands down under a name; null where it says nothing of it.
const HclExpression* handed_down(const HclNode& call, std::string_view name) {
  const HclExpression* providers = call.body.attribute("providers");
  if (providers == nullptr || providers->kind != Kind::object) {
    return nullptr;
  }
  const auto& members = providers->children;
  for (std::size_t i = 0; i + 1 < members.size(); i += 2) {
    if (written_name(members[i]) == name) {
      return &members[i + 1];
    }
  }
  return nullptr;
}

}  // namespace

void TerraformProviders::declare(TerraformModule& module, const HclNode& block) {
  configurations_.try_emplace({&module, name_of(block)}, Configuration{&module, &block});
}

TerraformProviders::Configuration TerraformProviders::used_by(const TerraformModule& module,
                                                              const HclNode& block) const {
  if (const HclExpression* chosen = block.body.attribute("provider")) {
    return find(module, written_name(*chosen));
  }
  const std::string& type = block.labels.front();
  return find(module, type.substr(0, type.find('_')));
}

TerraformProviders::Configuration TerraformProviders::find(const TerraformModule& module,
                                                           std::string name) const {
  const TerraformModule* at = &module;
  while (true) {
    if (const auto own = configurations_.find({at, name}); own != configurations_.end()) {
      return own->second;
    }
    if (at->parent == nullptr) {
      return {};
    }
    if (const HclExpression* given = handed_down(*at->call, name)) {
      name = written_name(*given);
    }
    at = at->parent;
  }
}

std::string TerraformProviders::Configuration::name() const {
  return exists() ? module->prefix + name_of(*block) : "";
}

std::string TerraformProviders::Configuration::account() const {
  if (!exists() || block->body.attribute("alias") == nullptr) {
    return "";
  }
  constexpr std::array kSignsIn = {"profile", "access_key", "subscription_id", "project"};
  const bool signs_in =
      std::any_of(kSignsIn.begin(), kSignsIn.end(),
                  [&](const char* key) { return block->body.attribute(key) != nullptr; }) ||
      std::any_of(block->body.blocks.begin(), block->body.blocks.end(),
                  [](const HclNode& inner) { return inner.kind == "assume_role"; });
  return signs_in ? name() : "";
}

}  // namespace outlast::import
