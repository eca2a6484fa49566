#include "catalog/public_address.h"

#include "catalog/field_reader.h"

namespace outlast::catalog {

ToldAddress told_address(const Sight& sight, ResourceId id) {
  ToldAddress told;
  ToldAddress faces;  // what is said of the internet itself: once shut, no address opens it
  for (const ResourceId one : sight.folding.whole(id)) {
    const FieldReader reader(sight.graph.resource(one), sight.graph.entry(one));
    for (const Field field : {Field::internet, Field::public_address}) {
      const blueprint::Value<bool> said = reader.boolean(field);
      const bool is_first = told.is_public.is_unset() && !said.is_unset();
      const bool is_an_address =
          one != id && said.value_or(false) && !told.is_public.value_or(false);
      if (is_first || is_an_address) {
        told = {said, one};
      }
      const bool says_more =
          faces.is_public.is_unset() || said.is_unknown() || said.value_or(false);
      if (field == Field::internet && !said.is_unset() && says_more &&
          !faces.is_public.value_or(false)) {
        faces = {said, one};
      }
    }
  }
  const bool may_be_shut = !faces.is_public.is_unset() && !faces.is_public.value_or(false);
  return may_be_shut && told.is_public.value_or(true) ? faces : told;
}

}  // namespace outlast::catalog
