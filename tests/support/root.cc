#include "support/root.h"

namespace outlast::support {

std::string project_root() {
  return OUTLAST_ROOT;
}

}  // namespace outlast::support
