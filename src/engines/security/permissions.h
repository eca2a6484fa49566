#pragma once

#include <map>
#include <string>
#include <vector>

#include "blueprint/blueprint.h"

namespace outlast::security {

/// Whether somebody may, by which grant, and how wide that grant is.
struct Permission {
  base::Truth truth = base::Truth::no;
  std::size_t grant = 0;  ///< index of the grant that decides; where truth is not `no`
  std::string action;     ///< of that grant, as written: "s3:*"
  bool is_wide = false;   ///< it takes in more than was named: a pattern of actions or of things
};

/// What identities may do, by all grants together.
///
/// Allowed is what a grant allows and none refuses. Patterns of actions and of things know `*` and
/// `?`; actions are compared without case. A condition that is not known, or a thing whose name is
/// not known, makes the answer unknown: it is then neither a way in nor safe.
class Permissions {
 public:
  /// `bp` must outlive this.
  explicit Permissions(const blueprint::Blueprint& bp);

  /// Whoever is meant by `identity` (its address; empty: everybody) on `data`: any of `actions`.
  [[nodiscard]] Permission may(const std::string& identity, const std::vector<std::string>& actions,
                               const blueprint::DataAccess<blueprint::ComponentId>& data) const;
  /// The same for a component that is granted things itself.
  [[nodiscard]] Permission may(blueprint::ComponentId component,
                               const std::vector<std::string>& actions,
                               const blueprint::DataAccess<blueprint::ComponentId>& data) const;
  /// Does what a component calls for its work hand out data to it, by what its identities may do?
  ///
  /// Yes: a grant allows reading, or the store asks for no identity, or the caller has none that
  /// the inputs tell. No: what it is granted there is something else, such as writing. Unknown: it
  /// is granted nothing there, so by which right it calls nobody tells.
  [[nodiscard]] base::Truth reads_as_caller(blueprint::ComponentId caller,
                                            blueprint::ComponentId store) const;
  /// Components that are granted anything themselves, by index.
  [[nodiscard]] std::vector<blueprint::ComponentId> grantees() const;
  /// Everything, everywhere: an administrator.
  [[nodiscard]] Permission is_administrator(const std::string& identity) const;

 private:
  using Data = blueprint::DataAccess<blueprint::ComponentId>;
  /// in  of_all  refusals for whoever it is
  [[nodiscard]] Permission decide(const std::vector<std::size_t>& grants,
                                  const std::vector<std::size_t>& of_all,
                                  const std::vector<std::string>& actions, const Data& data) const;
  [[nodiscard]] base::Truth refused(const std::vector<std::size_t>& grants,
                                    const std::vector<std::string>& actions,
                                    const Data& data) const;
  [[nodiscard]] static base::Truth names(const blueprint::Grant& grant, const Data& data);
  [[nodiscard]] bool concerns(const std::vector<std::size_t>& grants, const Data& data) const;

  const blueprint::Blueprint& bp_;
  std::map<blueprint::ComponentId, const Data*> data_of_;
  /// An identity that a component acts as, and the scopes that narrow that; null: none do.
  struct Worn {
    std::string identity;
    const std::vector<std::string>* scopes;
  };
  std::map<blueprint::ComponentId, std::vector<Worn>> worn_by_;
  std::vector<std::size_t> of_all_;  ///< refusals that are for every identity
  std::map<std::string, std::vector<std::size_t>> of_identity_;
  std::map<blueprint::ComponentId, std::vector<std::size_t>> of_component_;
};

/// Does one of these scopes fit one of the patterns?
[[nodiscard]] bool covers(const std::vector<std::string>& scopes,
                          const std::vector<std::string>& patterns);

/// Does a pattern of an action take in this one? "s3:Get*" takes in "s3:GetObject".
[[nodiscard]] bool takes_in(std::string_view pattern, std::string_view action);

}  // namespace outlast::security
