#include "base/xml_text.h"

#include "base/utf8.h"

namespace outlast::base {

std::string xml_text(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    const bool is_allowed = !point.is_broken() && point.value != 0xFFFE && point.value != 0xFFFF &&
                            (point.value >= 0x20 || text[at] == '\t' || text[at] == '\n');
    switch (is_allowed ? text[at] : '\0') {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\n':
        out += "&#10;";
        break;
      case '\0':
        out += "\xEF\xBF\xBD";
        break;
      default:
        out += text.substr(at, point.bytes);
    }
    at += point.bytes;
  }
  return out;
}

}  // namespace outlast::base
