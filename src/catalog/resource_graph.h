#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "blueprint/draft.h"
#include "catalog/attribute_path.h"
#include "catalog/catalog.h"

namespace outlast::catalog {

using blueprint::ResourceId;

/// What an attribute names.
struct Naming {
  std::vector<ResourceId> targets;
  std::vector<std::string> outside;  ///< ids of things that the inputs do not hold
  bool is_unknown = false;           ///< some of it is a value that is not known yet …
  bool is_untold = false;            ///< … and refers to what the input leaves out
  std::size_t said = 0;              ///< how many values it has, known or not
  std::vector<ResourceId> perhaps;  ///< of the targets: a value that is not known is one of several
  blueprint::Evidence evidence;

  /// It names something that neither its values nor the configuration's references tell.
  [[nodiscard]] bool leaves_open() const {
    return is_unknown && targets.size() + outside.size() < said;
  }
};

/// What keeps data or carries messages is called by a name that its callers' settings tell.
[[nodiscard]] bool is_meant_by_settings(const TypeEntry& entry);

/// A rule of the catalog applied to one resource: who is linked to what.
struct Link {
  const LinkRule* rule = nullptr;
  ResourceId source;   ///< the resource that says so
  ResourceId subject;  ///< whom it is about
  Naming naming;
  bool is_certain = true;  ///< false: the rule's condition could not be decided
};

/// The resources of a draft with their catalog entries and all links between them.
///
/// Names are resolved by the configuration's references and by values: an attribute that holds
/// the id, ARN, address or typed name of another resource names it.
/// Things are never joined because of their types alone.
class ResourceGraph {
 public:
  ResourceGraph(const blueprint::Draft& draft, const Catalog& catalog);

  [[nodiscard]] const blueprint::Draft& draft() const { return draft_; }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  /// The catalog's entry of a resource; of an unknown type one that says nothing but "other".
  [[nodiscard]] const TypeEntry& entry(ResourceId id) const { return *entries_[id.index]; }
  [[nodiscard]] bool is_understood(ResourceId id) const;
  [[nodiscard]] const blueprint::DraftResource& resource(ResourceId id) const {
    return draft_.resources[id];
  }
  [[nodiscard]] const std::vector<Link>& links() const { return links_; }
  /// Indexes into `links()` of the links that a resource is the subject of.
  [[nodiscard]] const std::vector<std::size_t>& links_of(ResourceId subject) const {
    return links_of_[subject.index];
  }

  /// What the attribute at `path`, inside the block at `block` (empty: the resource), names.
  /// Values tell; the configuration's references are asked where values are not known, or, with
  /// `merges`, beside them: a text may be known and still be made of references.
  [[nodiscard]] Naming named_by(ResourceId source, std::string_view path,
                                std::string_view block = "",
                                std::span<const std::string_view> to = {},
                                bool merges = false) const;

  /// All resources that a text mentions by id, ARN, address or host name; each once.
  [[nodiscard]] std::vector<ResourceId> mentioned_in(std::string_view text) const;

  /// Those whose own name an ARN holds: "arn:aws:s3:::orders/*" the bucket orders. A pattern of names
  /// ("orders-*") names none.
  [[nodiscard]] std::vector<ResourceId> named_in_arn(std::string_view arn) const;

 private:
  void index_identities();
  void index_names_in(ResourceId id, std::string_view attribute);
  void add_links(ResourceId source);
  [[nodiscard]] Naming tagged_by(ResourceId source, const LinkRule& rule,
                                 const std::vector<Selected>& tags) const;
  [[nodiscard]] bool is_meant_by(std::string_view pattern, ResourceId id) const;
  [[nodiscard]] bool is_of_service(std::string_view service, ResourceId id) const;
  void take_all_where_meant(const LinkRule& rule, Naming& naming) const;
  void add_block_links(ResourceId source, const LinkRule& rule, std::string_view block,
                       std::string_view leaf, base::Node block_node);
  void keep_those_on_path(std::string_view path, std::vector<ResourceId>& found) const;
  [[nodiscard]] std::vector<ResourceId> named_within(const blueprint::DraftResource& resource,
                                                     const Selected& at,
                                                     std::span<const std::string_view> to) const;
  void keep_referenced(const blueprint::DraftResource& resource, std::string_view block,
                       std::string_view path, std::vector<ResourceId>& named) const;
  [[nodiscard]] bool may_be_meant(ResourceId target, std::span<const std::string_view> to) const;
  [[nodiscard]] std::vector<ResourceId> with_identity(std::string_view value,
                                                      std::span<const std::string_view> to) const;

  const blueprint::Draft& draft_;
  std::vector<const TypeEntry*> entries_;
  std::unordered_map<std::string_view, std::vector<ResourceId>> by_identity_;
  std::unordered_map<std::string, std::vector<ResourceId>> by_typed_name_;  ///< "type|name"
  std::vector<Link> links_;
  std::vector<std::vector<std::size_t>> links_of_;
};

}  // namespace outlast::catalog
