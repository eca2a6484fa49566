#include "catalog/public_address.h"

#include <vector>

#include "catalog/field_reader.h"

namespace outlast::catalog {

ToldAddress told_address(const Sight& sight, ResourceId id, std::initializer_list<Field> fields) {
  ToldAddress told;
  std::vector<ResourceId> all = {id};
  for (const auto& more : {sight.folding.parts(id), sight.folding.members(id)}) {
    all.insert(all.end(), more.begin(), more.end());
  }
  for (const ResourceId one : all) {
    const FieldReader reader(sight.graph.resource(one), sight.graph.entry(one));
    for (const Field field : fields) {
      const blueprint::Value<bool> said = reader.boolean(field);
      const bool is_first = told.is_public.is_unset() && !said.is_unset();
      const bool is_an_address =
          one != id && said.value_or(false) && !told.is_public.value_or(false);
      if (is_first || is_an_address) {
        told = {said, one};
      }
    }
  }
  return told;
}

}  // namespace outlast::catalog
