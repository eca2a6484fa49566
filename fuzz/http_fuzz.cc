#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "serve/access.h"
#include "serve/request.h"

// Any bytes at all from a client: a head is whole, wrong or not there yet, and never longer than
// what came.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace outlast::serve;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const Head head = read_head(bytes);
  if (head.kind == Head::Kind::complete) {
    OUTLAST_ASSERT(head.bytes <= size, "a head lies within what came");
    OUTLAST_ASSERT(head.request.path.starts_with('/'), "a path begins with a slash");
    const Access access("0123456789abcdef", 8080);
    const bool is_let_in = !access.refuse(head.request);
    OUTLAST_ASSERT(!is_let_in || bytes.find("0123456789abcdef") != std::string::npos,
                   "nobody comes in without the token");
    if (const auto welcome = access.welcome(head.request)) {
      OUTLAST_ASSERT(welcome->status == 303, "a welcome leads on");
    }
  } else {
    OUTLAST_ASSERT(head.kind == Head::Kind::wrong || size < kMostHead, "a head has an end");
  }
  return 0;
}
