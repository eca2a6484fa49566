#include "findings/resilience.h"

namespace outlast::findings {

std::string words_of_role(std::string_view role) {
  return role == "delivery"      ? "delivery of software"
         : role == "images"      ? "images"
         : role == "state"       ? "state of Terraform"
         : role == "status_page" ? "status page"
                                 : std::string(role);
}

}  // namespace outlast::findings
