#include "cli/commands.h"
#include "cli/print.h"
#include "import/blueprint_schema.h"

namespace outlast::cli {

int run_schema() {
  return print(import::blueprint_schema()) ? kOk : kWrongInput;
}

}  // namespace outlast::cli
