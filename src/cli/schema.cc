#include <cstdio>

#include "cli/commands.h"
#include "import/blueprint_schema.h"

namespace outlast::cli {

int run_schema() {
  std::fputs(import::blueprint_schema().c_str(), stdout);
  return kOk;
}

}  // namespace outlast::cli
