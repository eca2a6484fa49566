#pragma once

#include <string>
#include <vector>

#include "blueprint/draft.h"
#include "catalog/catalog.h"

namespace outlast::catalog {

/// What became of a resource of an input.
struct Standing {
  enum class As {
    component,      ///< an element of the model
    part,           ///< folded into its owners
    relay,          ///< passes needs on
    helper,         ///< understood, and nothing of it is modelled
    permission,     ///< read for who may reach or do what
    orphan,         ///< a part, but nothing of the inputs owns it
    context,        ///< read only: a data source
    not_understood  ///< of a type that the catalog does not know
  };
  blueprint::ResourceId resource;
  As as = As::component;
  std::vector<std::string> owners;  ///< addresses of the components it is folded into
};

/// Of every resource of a draft, in their order.
/// cost  finding the links of the resources again
[[nodiscard]] std::vector<Standing> standings(const blueprint::Draft& draft,
                                              const Catalog& catalog);

}  // namespace outlast::catalog
