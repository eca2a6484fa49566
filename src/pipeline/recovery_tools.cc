#include "pipeline/recovery_tools.h"

#include <algorithm>

#include "catalog/attribute_path.h"
#include "catalog/names.h"
#include "catalog/programs.h"

namespace outlast::pipeline {

using catalog::RecoveryRole;
using catalog::TypeEntry;
using findings::RecoveryTool;

namespace {

constexpr std::string_view kThirdParties = "external";

void add_once(std::string text, std::vector<std::string>& all) {
  if (std::find(all.begin(), all.end(), text) == all.end()) {
    all.push_back(std::move(text));
  }
}

/// Whose registry it is: a provider's, by its name as with all that is its own, or a vendor's.
std::string_view owner_of(const catalog::Catalog& catalog, std::string_view registry) {
  for (const catalog::ProviderEntry& provider : catalog.tables().providers) {
    const bool is_its =
        std::any_of(provider.registries.begin(), provider.registries.end(),
                    [&](std::string_view form) { return catalog::matches(form, registry); });
    if (is_its) {
      return provider.name;
    }
  }
  const TypeEntry* vendor = catalog::third_party_at(catalog, registry);
  const bool is_named = vendor != nullptr && vendor->becomes == catalog::Becomes::component;
  return is_named ? vendor->title : registry;
}

class ToolFinder {
 public:
  ToolFinder() {
    for (const std::string_view role : blueprint::kNames<RecoveryRole>) {
      tools_.push_back({std::string(role), {}, {}});
    }
  }

  /// in  called  who it is, where the type is of third parties and says only what it is for
  void add(const TypeEntry* entry, const std::string& address, const std::string& called) {
    if (entry == nullptr || !entry->role) {
      return;
    }
    RecoveryTool& tool = tools_[static_cast<std::size_t>(*entry->role)];
    add_once(entry->provider == kThirdParties ? called : std::string(entry->provider),
             tool.vendors);
    add_once(address, tool.shown_by);
  }

  /// Registries that a resource's images come from, by the vendor where it is known.
  void add_images(const catalog::Catalog& catalog, const TypeEntry& entry,
                  const blueprint::DraftResource& resource) {
    for (const std::string& image : catalog::images_of(resource, entry)) {
      const std::string_view registry = catalog::registry_of(image);
      RecoveryTool& tool = tools_[static_cast<std::size_t>(RecoveryRole::images)];
      add_once(std::string(owner_of(catalog, registry)), tool.vendors);
      add_once(resource.address, tool.shown_by);
    }
  }

  [[nodiscard]] std::vector<RecoveryTool> take() { return std::move(tools_); }

 private:
  std::vector<RecoveryTool> tools_;
};

}  // namespace

std::vector<RecoveryTool> recovery_tools(const blueprint::Draft& draft,
                                         const blueprint::Blueprint& bp,
                                         const catalog::Catalog& catalog) {
  ToolFinder finder;
  for (const auto& resource : draft.resources) {
    const TypeEntry* entry = catalog.spelled(resource.format, resource.type);
    finder.add(entry, resource.address, entry == nullptr ? "" : std::string(entry->title));
    if (entry != nullptr && !entry->runs.image.empty()) {
      finder.add_images(catalog, *entry, resource);
    }
  }
  for (const auto& c : bp.components()) {
    if (!c.is_imported) {
      finder.add(catalog.type(c.type), c.id, c.name);
    }
  }
  return finder.take();
}

}  // namespace outlast::pipeline
