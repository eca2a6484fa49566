#include "pipeline/data_packs.h"

#include <algorithm>
#include <string_view>

#include "base/date.h"
#include "catalog/catalog.h"
#include "engines/cost/tables.h"

namespace outlast::pipeline {

std::vector<findings::DataPack> data_packs() {
  std::string_view newest;
  for (const auto& price : engines::cost::built_in_tables().prices) {
    newest = std::max(newest, price.source.as_of);
  }
  return {{"catalog", base::format_date(catalog::Catalog::built_in().tables().as_of)},
          {"prices", std::string(newest)}};
}

}  // namespace outlast::pipeline
