#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "blueprint/blueprint.h"
#include "blueprint/draft.h"
#include "catalog/attribute_path.h"
#include "catalog/catalog.h"
#include "catalog/names.h"

namespace outlast::engines::cost {

using catalog::kStorage;

/// What a pattern became.
struct Filled {
  std::optional<std::string> text;  ///< absent where something in it is not known, or not said
  std::string missing;              ///< what that was: "root_block_device.volume_size is not known"
  bool is_default = false;          ///< a value that nobody said was taken
};

/// What is known of one thing that is billed: attributes of its resource and of the parts that
/// tell how it is made, facts of its component. What a blueprint told has traits for attributes.
class Facts {
 public:
  /// in  resource   null where the component was told by a blueprint
  ///     component  null where the resource belongs to none, or is not all of it
  ///     owner      type of the component that the resource is a part of; empty where it is none
  Facts(const blueprint::DraftResource* resource, const blueprint::Component* component,
        const catalog::TypeEntry* entry, const std::vector<const blueprint::DraftResource*>& parts,
        std::string_view owner = {})
      : resource_(resource), component_(component), entry_(entry), parts_(parts), owner_(owner) {}

  /// The same, with attributes looked up in one block alone.
  [[nodiscard]] Facts within(base::Node block) const {
    Facts inner = *this;
    inner.block_ = block;
    return inner;
  }

  [[nodiscard]] Filled fill(std::string_view pattern) const;

  /// Do the conditions hold? What is not known leaves it open. Of several blocks that say something
  /// at a path, one is enough.
  [[nodiscard]] catalog::Truth hold(std::span<const catalog::Condition> when,
                                    std::span<const catalog::Condition> unless) const;

  /// Blocks of a repeated attribute; of those that say the same at `alike`, where that is given, the
  /// first: what the resource says goes before what tells how it is made.
  [[nodiscard]] std::vector<base::Node> blocks(std::string_view attribute,
                                               std::string_view alike) const;

 private:
  struct Found {
    enum class As { set, unset, unknown } as = As::unset;
    std::string text = {};
  };
  [[nodiscard]] Found look_up(std::string_view path) const;
  [[nodiscard]] Found fact(std::string_view name) const;
  /// What the resource says at a path, or else the first part that says anything there.
  [[nodiscard]] std::vector<Found> values(std::string_view path) const;
  [[nodiscard]] Found attribute(std::string_view path) const;
  [[nodiscard]] Found trait(std::string_view name) const;
  [[nodiscard]] catalog::Truth holds(const catalog::Condition& condition) const;
  [[nodiscard]] Filled choose(std::string_view alternatives) const;

  const blueprint::DraftResource* resource_;
  const blueprint::Component* component_;
  const catalog::TypeEntry* entry_;
  const std::vector<const blueprint::DraftResource*>& parts_;
  std::string_view owner_;
  base::Node block_;
};

}  // namespace outlast::engines::cost
