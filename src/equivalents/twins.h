#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "blueprint/draft.h"
#include "equivalents/tables.h"

namespace outlast::equivalents {

/// What became of one component that fills a role, or that no role knows.
struct Step {
  enum class What {
    replaced,
    had_it,         ///< it is of that model already
    no_cloud,       ///< something would, but of which cloud is not said
    no_equivalent,  ///< nothing that is known stands in for it there
    ruled_out       ///< something does, but not for this one
  };
  What what = What::replaced;
  std::string component;       ///< id
  std::string from;            ///< type
  std::string to;              ///< type; of what was not replaced, empty
  std::string why;             ///< of what was not replaced; of a replaced one what was assumed
  const Form* form = nullptr;  ///< of a replaced one
};

struct Twin {
  blueprint::Draft draft;   ///< without documents
  std::vector<Step> steps;  ///< of all that runs code or keeps data, in the draft's order
};

/// The architecture with all that runs code or keeps data in the form that a model gives it.
///
/// in   draft  completed by the catalog
///      cloud  provider whose managed forms stand in for what names none; empty: none do
///      region  in which what stands in lies, where the draft does not say it; empty: not known
[[nodiscard]] Twin make_twin(const blueprint::Draft& draft, blueprint::ServiceModel model,
                             std::string_view cloud, std::string_view region = {});

/// Does a model count as this one? What is bought as software is run by nobody of yours, as what
/// has no servers.
[[nodiscard]] bool is_of_model(blueprint::ServiceModel has, blueprint::ServiceModel wanted);

}  // namespace outlast::equivalents
