#include "equivalents/twins.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "equivalents/keep_access.h"

namespace outlast::equivalents {

using blueprint::Draft;
using blueprint::DraftComponent;
using blueprint::Kind;
using blueprint::Provenance;
using blueprint::ServiceModel;
using blueprint::Value;

namespace {

/// As many as a group may grow to where nobody says; the usual limit of a provider is of this order.
constexpr std::int64_t kMostReplicas = 1000;

/// A trait that nobody declares: what a component is tells it.
constexpr std::string_view kKeepsData = "keeps_data";

template <class T>
Value<T> stated(T value) {
  return Value<T>::of(std::move(value), Provenance::stated);
}

bool is_type(std::string_view type, std::string_view member) {
  return type == member || (type.starts_with(member) && type[member.size()] == '.');
}

/// "db.m5.large" is of size m5.large.
std::string_view bare(std::string_view size) {
  for (const std::string_view prefix : {"db.", "cache."}) {
    if (size.starts_with(prefix)) {
      size.remove_prefix(prefix.size());
    }
  }
  return size;
}

class TwinMaker {
 public:
  TwinMaker(const Draft& draft, ServiceModel model, std::string_view cloud, std::string_view region)
      : before_(draft), model_(model), cloud_(cloud), region_(region) {
    out_.draft = without_documents(draft);
    for (DraftComponent& c : out_.draft.components) {
      state_needs(c.needs);
      for (auto& placement : c.placements) {
        state_needs(placement.local_needs);
      }
      move_secrets(c);
    }
  }

  Twin make() {
    for (DraftComponent& c : out_.draft.components) {
      if (counts(c)) {
        treat(c);
      }
    }
    clear_away();
    keep_access(before_, out_.draft);
    return std::move(out_);
  }

 private:
  /// Whatever form it takes, a component is given the same passwords; they may stand in a part of it,
  /// and parts are none of a twin's.
  void move_secrets(const DraftComponent& c) {
    for (blueprint::SecretPlace& secret : out_.draft.secrets) {
      if (std::find(c.parts.begin(), c.parts.end(), secret.evidence.address) != c.parts.end()) {
        secret.evidence.address = c.id;
      }
    }
  }

  /// What the catalog read holds in the twin, whose text it is no part of by itself.
  template <class T>
  static void state(Value<T>& value) {
    if (value.is_known()) {
      value = stated(*value);
    }
  }

  static void state_needs(std::vector<blueprint::DraftNeed>& needs) {
    for (blueprint::DraftNeed& need : needs) {
      state(need.strength);
      state(need.kind);
    }
  }

  static bool counts(const DraftComponent& c) {
    const Kind kind = c.kind.value_or(Kind::other);
    return kind == Kind::compute || kind == Kind::database || kind == Kind::storage ||
           kind == Kind::messaging;
  }

  [[nodiscard]] static const Role* role_of(const DraftComponent& c) {
    const std::string type = c.type.value_or("");
    for (const Role& role : built_in_tables().roles) {
      const bool is_member =
          std::any_of(role.members.begin(), role.members.end(),
                      [&](const std::string_view member) { return is_type(type, member); });
      const auto kind = blueprint::name_of(c.kind.value_or(Kind::other));
      const bool is_of_kind = role.kinds.empty() || std::find(role.kinds.begin(), role.kinds.end(),
                                                              kind) != role.kinds.end();
      if (is_member && is_of_kind) {
        return &role;
      }
    }
    return nullptr;
  }

  [[nodiscard]] static const Form* form_in(const Role& role, ServiceModel model) {
    const auto found = std::find_if(role.forms.begin(), role.forms.end(),
                                    [&](const Form& form) { return form.model == model; });
    return found == role.forms.end() ? nullptr : &*found;
  }

  /// Its own provider's, else that of the cloud that was asked for.
  [[nodiscard]] const Form* form_of(const Role& role) const {
    if (const Form* own = form_in(role, model_)) {
      return own;
    }
    for (const Role& other : built_in_tables().roles) {
      if (other.name == role.name && other.provider == cloud_) {
        return form_in(other, model_);
      }
    }
    return nullptr;
  }

  /// Has any cloud the form that the role's own provider has not?
  [[nodiscard]] bool is_filled_elsewhere(const Role& role) const {
    const auto& roles = built_in_tables().roles;
    return std::any_of(roles.begin(), roles.end(), [&](const Role& other) {
      return other.name == role.name && form_in(other, model_) != nullptr;
    });
  }

  [[nodiscard]] static const Ruling* ruling_for(const Form& form, const DraftComponent& c) {
    const auto found =
        std::find_if(form.rules_out.begin(), form.rules_out.end(), [&](const Ruling& ruling) {
          if (!ruling.size.empty()) {
            return base::matches(ruling.size, c.size.value_or(""));
          }
          if (ruling.trait == kKeepsData) {
            return c.is_store.value_or(false);
          }
          const auto trait = c.traits.find(std::string(ruling.trait));
          return trait != c.traits.end() && trait->second != "false";
        });
    return found == form.rules_out.end() ? nullptr : &*found;
  }

  /// Its resource, which told of its backups, is no part of the twin.
  void keep(DraftComponent& c, Step::What what, std::string why) {
    state(c.backups.every);
    state(c.backups.retention);
    out_.steps.push_back({what, c.id, c.type.value_or(""), "", std::move(why), nullptr});
  }

  void treat(DraftComponent& c) {
    if (c.service_model.is_known() && is_of_model(*c.service_model, model_)) {
      keep(c, Step::What::had_it, "");
      return;
    }
    const Role* role = role_of(c);
    // What says of no provider who runs it is run by its owners.
    if (role != nullptr && !c.service_model.is_known() && model_ == ServiceModel::iaas) {
      keep(c, Step::What::had_it, "");
      return;
    }
    const Form* form = role == nullptr ? nullptr : form_of(*role);
    if (form == nullptr) {
      if (role != nullptr && cloud_.empty() && is_filled_elsewhere(*role)) {
        keep(c, Step::What::no_cloud, "say whose would stand in with --cloud");
        return;
      }
      keep(c, Step::What::no_equivalent,
           fmt::format("no equivalent of {} is known", c.type.value_or("what it is")));
      return;
    }
    if (const Ruling* ruling = ruling_for(*form, c)) {
      keep(c, Step::What::ruled_out, std::string(ruling->why));
      return;
    }
    if (is_type(c.type.value_or(""), form->type) && form->kind.empty()) {
      keep(c, Step::What::had_it, "");
      return;
    }
    out_.steps.push_back({Step::What::replaced, c.id, c.type.value_or(""), std::string(form->type),
                          std::string(form->assumes), form});
    c = replaced(c, *form);
    leave_behind(*role, c);
  }

  /// What it lay on serves it no longer.
  void leave_behind(const Role& role, DraftComponent& c) {
    for (const DraftComponent& other : out_.draft.components) {
      const std::string type = other.type.value_or("");
      if (std::none_of(role.leaves.begin(), role.leaves.end(),
                       [&](std::string_view left) { return is_type(type, left); })) {
        continue;
      }
      std::erase_if(c.needs, [&](const blueprint::DraftNeed& need) {
        return need.any_of == std::vector<std::string>{other.id};
      });
      left_.insert(other.id);
    }
  }

  /// Of what was left behind, all that nothing lies on any more.
  void clear_away() {
    for (const DraftComponent& c : out_.draft.components) {
      for (const auto& need : c.needs) {
        for (const std::string& end : need.any_of) {
          left_.erase(end);
        }
      }
    }
    std::erase_if(out_.draft.components,
                  [&](const DraftComponent& c) { return left_.contains(c.id); });
    std::erase_if(out_.steps, [&](const Step& step) { return left_.contains(step.component); });
  }

  [[nodiscard]] static std::string size_of(const DraftComponent& c, const Form& form) {
    const std::string size = c.size.value_or("");
    const bool is_of_servers = size.find('.') != std::string::npos;
    if (!form.size_from.empty() && is_of_servers) {
      return fmt::format(fmt::runtime(form.size_from), bare(size));
    }
    return std::string(form.size);
  }

  /// Keeps what users and callers see of a component; its provider's facts are read anew.
  [[nodiscard]] DraftComponent replaced(const DraftComponent& c, const Form& form) const {
    DraftComponent twin;
    twin.id = c.id;
    twin.name = c.name;
    twin.type = stated(std::string(form.type));
    if (const auto kind = blueprint::parse_name<Kind>(form.kind)) {
      twin.kind = stated(*kind);
    }
    twin.account = c.account;
    twin.region = c.region.is_known() || region_.empty() ? c.region : stated(region_);
    if (const std::string size = size_of(c, form); !size.empty()) {
      twin.size = stated(size);
    }
    twin.operations = c.operations;
    twin.holds = c.holds;
    twin.internet = c.internet;
    twin.backups = c.backups;
    twin.care = c.care;
    twin.copies = c.copies;
    twin.calls = c.calls;
    twin.serving.work = c.serving.work;
    twin.serving.varies = c.serving.varies;
    twin.rollout = c.rollout;
    twin.configuration = c.configuration;
    twin.traits = c.traits;
    twin.needs = c.needs;
    twin.evidence = c.evidence;
    place(c, form, twin);
    return twin;
  }

  void place(const DraftComponent& c, const Form& form, DraftComponent& twin) const {
    if (!form.is_spread) {
      return;
    }
    twin.replicas = stated(std::max(form.replicas, c.replicas.value_or(1)));
    twin.at_least = c.at_least.is_stated() && *c.at_least <= *twin.replicas ? c.at_least
                                                                            : Value<std::int64_t>();
    twin.placements = c.placements;
    const bool knows_zones =
        !c.placements.empty() &&
        std::all_of(c.placements.begin(), c.placements.end(),
                    [](const auto& placement) { return placement.zone.is_known(); });
    if (!knows_zones) {
      take_zones(form, twin);
    }
    twin.placements_are_known = true;
    if (const auto redundancy = blueprint::parse_name<blueprint::Redundancy>(form.redundancy)) {
      twin.redundancy = stated(*redundancy);
    }
    if (form.detect_s > 0) {
      twin.switching.detect = stated(base::Seconds{form.detect_s});
      twin.switching.takes = stated(base::Seconds{form.takes_s});
      twin.switching.coverage = stated(base::Share{form.coverage});
    }
    if (form.grows) {
      twin.scale.min = twin.replicas;
      twin.scale.max = stated(std::max(c.scale.max.value_or(kMostReplicas), *twin.replicas));
      twin.scale.target =
          c.scale.target.is_known() ? c.scale.target : stated(std::string("cpu 60%"));
      twin.scale.warm_up = stated(base::Seconds{form.warm_up_s});
    }
  }

  /// The provider's usual zones, where nothing says which.
  static void take_zones(const Form& form, DraftComponent& twin) {
    twin.placements.clear();
    const auto provider = form.type.substr(0, form.type.find('.'));
    for (const Places& places : built_in_tables().places) {
      if (places.provider != provider) {
        continue;
      }
      for (const std::string_view zone : places.zones) {
        if (static_cast<std::int64_t>(twin.placements.size()) < *twin.replicas) {
          twin.placements.push_back({stated(std::string(zone)), std::string(zone), {}});
        }
      }
    }
  }

  const Draft& before_;
  ServiceModel model_;
  std::string_view cloud_;
  std::string region_;
  std::set<std::string> left_;  ///< ids of what replaced components lay on
  Twin out_;
};

}  // namespace

bool is_of_model(ServiceModel has, ServiceModel wanted) {
  return has == wanted || (has == ServiceModel::saas && wanted == ServiceModel::faas);
}

Twin make_twin(const Draft& draft, ServiceModel model, std::string_view cloud,
               std::string_view region) {
  return TwinMaker(draft, model, cloud, region).make();
}

}  // namespace outlast::equivalents
