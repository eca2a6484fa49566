#pragma once

#include "blueprint/draft.h"
#include "catalog/catalog.h"

namespace outlast::catalog {

/// Rewrites the resources whose type another format spells (`Translation`) as the catalog's entries
/// read them: type, attributes and the paths of references. Values keep their places.
///
/// Names are turned by rule, `MultiAZ` into `multi_az`, unless the translation says otherwise; keys
/// that are no CamelCase are names that the user gave, and stay. Lists of { Key, Value } called
/// Tags become maps.
/// cost    linear in the attributes
void translate_resources(const Catalog& catalog, blueprint::Draft& draft);

/// A remedy in the words of the format that spells a type: "multi_az = true" is "MultiAZ: true" of
/// "AWS::RDS::DBInstance". As it is where the type is not translated.
[[nodiscard]] std::string in_words_of(const Catalog& catalog, std::string_view written_type,
                                      std::string_view remedy);

/// "DBInstanceClass" → "db_instance_class", "TargetGroupARNs" → "target_group_arns";
/// what holds no capital at its beginning, or an underscore, stays as it is.
[[nodiscard]] std::string snake_case(std::string_view camel);

}  // namespace outlast::catalog
