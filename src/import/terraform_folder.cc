#include "import/terraform_folder.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "import/terraform_address.h"
#include "import/terraform_conditions.h"
#include "import/terraform_folders.h"
#include "import/terraform_module.h"
#include "import/terraform_providers.h"
#include "import/terraform_secrets.h"

namespace outlast::import {

using blueprint::DraftResource;
using blueprint::ResourceId;
using blueprint::Value;

namespace {

constexpr std::size_t kDeepest = 10;
constexpr std::size_t kMostModules = 2000;

using References = std::vector<std::pair<std::string, std::vector<std::string>>>;

bool is_resource(const HclNode& block) {
  return block.kind == "resource" || block.kind == "data";
}

/// Is the folder that of a module, or of one that calls it?
bool is_within(const TerraformModule& module, const std::string& folder) {
  const TerraformModule* at = &module;
  while (at != nullptr && at->folder != folder) {
    at = at->parent;
  }
  return at != nullptr;
}

class FolderReader {
 public:
  FolderReader(const std::vector<TerraformFile>& files, Desk& desk)
      : desk_(desk), evaluator_(desk), conditions_(desk, evaluator_), folders_(files, desk) {}

  void read() {
    for (std::size_t i = 0; i < desk_.draft.resources.size(); ++i) {
      const ResourceId id(i);
      by_address_[desk_.draft.resources[id].address].push_back(id);
    }
    known_ = desk_.draft.resources.size();
    for (const std::string& root : folders_.roots()) {
      TerraformModule& module = modules_.emplace_back();
      module.folder = root;
      open(module);
      give_values(module);
      call_modules(module, 0);
    }
    for (TerraformModule& module : modules_) {
      add_resources(module);
      find_secrets_beside_resources(folders_.at(module.folder).bodies, module.prefix, desk_);
    }
    desk_.draft.coverage.resources += evaluator_.left_out();
    link();
    tell_unknown_counts();
    absent_.tell(evaluator_.asked_of_others(), desk_);
  }

 private:
  /// Sorts the blocks of a module's folder by what they declare.
  void open(TerraformModule& module) {
    for (const HclBody& body : folders_.at(module.folder).bodies) {
      for (const HclNode& block : body.blocks) {
        declare(module, block);
      }
    }
  }

  void declare(TerraformModule& module, const HclNode& block) {
    if (block.kind == "locals") {
      for (const HclAttribute& attribute : block.body.attributes) {
        module.locals.try_emplace(attribute.name, &attribute.value);
      }
    } else if (is_resource(block) && block.labels.size() != 2) {
      desk_.diagnostics.error("OUT-E1702", block.span,
                              fmt::format("a block {} has a type and a name", block.kind),
                              fmt::format("{} \"aws_instance\" \"web\" {{ … }}", block.kind));
    } else if (is_resource(block)) {
      const std::string key = fmt::format("{}{}.{}", block.kind == "data" ? "data." : "",
                                          block.labels[0], block.labels[1]);
      if (!module.resources.try_emplace(key, &block).second) {
        desk_.diagnostics.error("OUT-E1702", block.span,
                                fmt::format("{} is declared twice in this module", key));
      }
    } else if (block.kind == "terraform" && module.parent == nullptr) {
      for (const HclNode& inner : block.body.blocks) {
        if (is_backend(inner)) {
          module.resources.try_emplace(type_of(inner), &inner);
        }
      }
    } else if (block.kind == "moved") {
      add_move(module, block);
    } else if (block.labels.size() == 1) {
      auto* into = block.kind == "variable" ? &module.variables
                   : block.kind == "output" ? &module.outputs
                   : block.kind == "module" ? &module.calls
                                            : nullptr;
      if (into != nullptr) {
        into->try_emplace(block.labels.front(), &block);
      } else if (block.kind == "provider") {
        providers_.declare(module, block);
      }
    }
  }

  /// Its two names are addresses as seen from the module, and no values.
  void add_move(const TerraformModule& module, const HclNode& block) {
    const HclExpression* from = block.body.attribute("from");
    const HclExpression* to = block.body.attribute("to");
    if (from != nullptr && to != nullptr) {
      desk_.draft.moves.push_back({module.prefix + address_written(*from),
                                   module.prefix + address_written(*to), block.span});
    }
  }

  [[nodiscard]] std::string address_written(const HclExpression& e) const {
    const base::Span& at = e.span;
    return std::string(
        base::trim(e.kind == HclExpression::Kind::text
                       ? std::string_view(e.text)
                       : desk_.sources.text(at.source).substr(at.begin, at.end - at.begin)));
  }

  void give_values(TerraformModule& module) {
    for (const HclBody* values : folders_.at(module.folder).values) {
      for (const HclAttribute& attribute : values->attributes) {
        module.given.insert_or_assign(attribute.name,
                                      evaluator_.evaluate(module, attribute.value, {}));
      }
    }
    for (Parameter& parameter : desk_.parameters) {
      if (const auto declared = module.variables.find(parameter.name);
          declared != module.variables.end()) {
        parameter.is_used = true;
        module.given.insert_or_assign(parameter.name,
                                      text_value(parameter.value, declared->second->span));
      }
    }
  }

  void call_modules(TerraformModule& module, std::size_t depth) {
    for (const auto& [name, block] : module.calls) {
      const std::optional<std::string> folder = folders_.called(module, *block);
      if (!folder) {
        if (is_in_another_input(module.prefix + "module." + name)) {
          continue;
        }
        absent_.note(module.prefix + "module." + name, *block);
        continue;
      }
      if (is_within(module, *folder) || depth >= kDeepest || modules_.size() >= kMostModules) {
        desk_.diagnostics.error("OUT-E1703", block->span,
                                "modules call each other in a circle, or are too many");
        return;
      }
      for (const TerraformCopy& copy : evaluator_.copies(module, *block)) {
        TerraformModule& called = modules_.emplace_back();
        called.prefix = fmt::format("{}module.{}{}.", module.prefix, name, copy.index);
        called.folder = *folder;
        called.parent = &module;
        called.call = block;
        called.call_locals = copy.locals;
        called.made_if = copy.is_certain ? module.made_if : conditions_.of(module, *block);
        open(called);
        module.modules[name].emplace_back(copy.index, &called);
        call_modules(called, depth + 1);
      }
    }
  }

  /// A plan or a state holds what the module makes.
  [[nodiscard]] bool is_in_another_input(const std::string& call) const {
    const auto at = by_address_.lower_bound(call);
    return at != by_address_.end() && at->second.front().index < known_ &&
           (at->first.starts_with(call + ".") || at->first.starts_with(call + "["));
  }

  void add_resources(TerraformModule& module) {
    for (const auto& [key, block] : module.resources) {
      for (const TerraformCopy& copy : evaluator_.copies(module, *block)) {
        add(module, key, *block, copy);
      }
    }
  }

  void add(TerraformModule& module, const std::string& key, const HclNode& block,
           const TerraformCopy& copy) {
    const std::string address = module.prefix + key + copy.index;
    if (!copy.is_certain) {
      uncertain_.push_back(module.prefix + key);
    }
    const ValueTree attributes = evaluator_.body(module, block.body, copy.locals, block.span);
    base::DocumentBuilder builder(block.span.source);
    References references;
    const std::uint32_t root = build_value(attributes, "", builder, references);
    if (const HclExpression* awaited = block.body.attribute("depends_on")) {
      auto uses = all_uses(evaluator_.evaluate(module, *awaited, copy.locals));
      references.emplace_back("depends_on", std::move(uses));
    }
    if (const auto known = by_address_.find(address);
        known != by_address_.end() && known->second.front().index < known_) {
      references_.emplace_back(known->second.front(), std::move(references));
      return;
    }
    desk_.draft.documents.push_back(builder.finish(root));
    DraftResource resource;
    resource.address = address;
    resource.type = type_of(block);
    resource.group = without_indexes(address);
    resource.is_context = block.kind == "data" || is_backend(block);
    resource.attributes = desk_.draft.documents.back().root();
    resource.evidence = {address, block.span, ""};
    const auto provider =
        is_backend(block) ? TerraformProviders::Configuration() : providers_.used_by(module, block);
    resource.region = setting_of(provider, "region");
    resource.zone = setting_of(provider, "zone");
    resource.account = provider.account();
    resource.configured_by = provider.name();
    if (!resource.is_context) {
      resource.made_if = copy.is_certain ? module.made_if : conditions_.of(module, block);
      find_secrets_by_line(resource.attributes, resource.evidence, desk_);
    }
    const ResourceId id = desk_.draft.resources.push_back(std::move(resource));
    by_address_[address].push_back(id);
    references_.emplace_back(id, std::move(references));
  }

  /// What a provider's configuration says of where things are made.
  [[nodiscard]] Value<std::string> setting_of(const TerraformProviders::Configuration& provider,
                                              std::string_view setting) {
    const HclExpression* value =
        provider.exists() ? provider.block->body.attribute(setting) : nullptr;
    if (value == nullptr) {
      return {};
    }
    const ValueTree evaluated = evaluator_.evaluate(*provider.module, *value, {});
    return evaluated.is_closed()
               ? Value<std::string>::of(evaluated.text, blueprint::Provenance::stated, value->span)
               : Value<std::string>::unknown(value->span);
  }

  /// All resources that an address means: one, or each of a declaration without index.
  [[nodiscard]] std::vector<ResourceId> meant_by(const std::string& address) const {
    if (const auto exact = by_address_.find(address); exact != by_address_.end()) {
      return {exact->second.front()};
    }
    std::vector<ResourceId> all;
    for (auto at = by_address_.lower_bound(address + "[");
         at != by_address_.end() && at->first.starts_with(address + "["); ++at) {
      all.push_back(at->second.front());
    }
    return all;
  }

  void link() {
    for (const auto& [id, references] : references_) {
      for (const auto& [path, addresses] : references) {
        blueprint::Reference reference;
        reference.path = path;
        for (const std::string& address : addresses) {
          const auto meant = meant_by(address);
          reference.targets.insert(reference.targets.end(), meant.begin(), meant.end());
          if (meant.empty() && evaluator_.undeclared().contains(address)) {
            add_dangling(desk_.draft.resources[id], address);
          }
        }
        auto& there = desk_.draft.resources[id].references;
        const auto stands = [&, at = path](bool is_left_out) {
          return std::any_of(there.begin(), there.end(), [&](const auto& r) {
            return r.path == at && r.targets.empty() == is_left_out;
          });
        };
        const bool is_told = stands(false) && !stands(true);
        if (!reference.targets.empty() && !is_told) {
          there.push_back(std::move(reference));
        }
      }
      // What a plan leaves out is told here.
      std::erase_if(desk_.draft.resources[id].references,
                    [](const auto& r) { return r.targets.empty(); });
    }
  }

  /// What is named and declared nowhere is called for all we know, and cannot be found.
  static void add_dangling(DraftResource& resource, const std::string& address) {
    blueprint::DraftCall call;
    call.host = address;
    call.is_local = true;
    call.evidence = resource.evidence;
    const bool is_told =
        std::any_of(resource.calls.begin(), resource.calls.end(),
                    [&](const auto& known) { return known.host == address && known.is_local; });
    if (!is_told) {
      resource.calls.push_back(std::move(call));
    }
  }

  void tell_unknown_counts() {
    std::sort(uncertain_.begin(), uncertain_.end());
    uncertain_.erase(std::unique(uncertain_.begin(), uncertain_.end()), uncertain_.end());
    for (const std::string& name : uncertain_) {
      desk_.draft.assumptions.push_back(
          {fmt::format("how many of {}", name), "1",
           "it depends on what is known only to a plan, or on a variable without a value"});
    }
  }

  Desk& desk_;
  TerraformEvaluator evaluator_;
  TerraformConditions conditions_;
  TerraformFolders folders_;
  std::deque<TerraformModule> modules_;
  TerraformProviders providers_;
  std::map<std::string, std::vector<ResourceId>> by_address_;
  std::vector<std::pair<ResourceId, References>> references_;
  std::vector<std::string> uncertain_;
  AbsentModules absent_;
  std::size_t known_ = 0;  ///< resources that were there before
};

}  // namespace

void read_terraform_files(const std::vector<TerraformFile>& files, Desk& desk) {
  FolderReader(files, desk).read();
}

}  // namespace outlast::import
