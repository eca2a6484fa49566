#include "cli/commands.h"
#include "cli/print.h"
#include "import/blueprint_schema.h"
#include "settings/settings.h"

namespace outlast::cli {

int run_schema(const SchemaOptions& options) {
  return print(options.config     ? settings::schema()
               : options.scenario ? import::scenario_schema()
                                  : import::blueprint_schema())
             ? kOk
             : kWrongInput;
}

}  // namespace outlast::cli
