#include "cli/commands.h"
#include "cli/print.h"
#include "import/blueprint_schema.h"
#include "settings/settings.h"

namespace outlast::cli {

int run_schema(bool of_config) {
  return print(of_config ? settings::schema() : import::blueprint_schema()) ? kOk : kWrongInput;
}

}  // namespace outlast::cli
