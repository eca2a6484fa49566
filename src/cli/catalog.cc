#include <fmt/format.h>

#include <cstdio>

#include "catalog/type_sheet.h"
#include "cli/commands.h"
#include "cli/print.h"

namespace outlast::cli {
namespace {

using catalog::Catalog;

/// Tells that nothing is called so, and what is near.
int unknown_type(std::string_view what, const std::string& word) {
  std::string near;
  for (const std::string_view name : catalog::types_near(Catalog::built_in(), word)) {
    near += "  " + std::string(name) + "\n";
  }
  fmt::print(stderr, "outlast: {} \"{}\"\n{}", what, word,
             near.empty() ? "All types: outlast catalog list\n" : "Near:\n" + near);
  return kWrongInput;
}

}  // namespace

int run_catalog_show(const CatalogOptions& options) {
  const Catalog& shelf = Catalog::built_in();
  const catalog::TypeEntry* type = catalog::type_called(shelf, options.word);
  if (type == nullptr) {
    return unknown_type("the catalog knows no type", options.word);
  }
  return print(options.as_json() ? catalog::sheet_json(shelf, *type)
                                 : catalog::sheet_text(shelf, *type))
             ? kOk
             : kWrongInput;
}

int run_catalog_list(const CatalogOptions& options) {
  const Catalog& shelf = Catalog::built_in();
  const std::string text = catalog::list_text(shelf, options.word);
  if (text.empty()) {
    return unknown_type("no name of a type begins with", options.word);
  }
  return print(options.as_json() ? catalog::list_json(shelf, options.word) : text) ? kOk
                                                                                   : kWrongInput;
}

std::vector<std::string> catalog_types() {
  std::vector<std::string> names;
  for (const catalog::TypeEntry& type : Catalog::built_in().tables().types) {
    names.emplace_back(type.name);
  }
  return names;
}

}  // namespace outlast::cli
