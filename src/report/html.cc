#include "report/page.h"
#include "report/report.h"
#include "report/service_models.h"
#include "words/said_texts.h"

namespace outlast::report {
namespace {

/// The same document without the blanks between its tokens, and with every "<" escaped: nothing in
/// a name can then end the element that holds it, or begin a comment.
std::string for_script(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  bool is_in_string = false;
  bool is_escaped = false;
  for (const char c : json) {
    if (!is_in_string && (c == ' ' || c == '\n')) {
      continue;
    }
    is_in_string = is_in_string != (c == '"' && !is_escaped);
    is_escaped = c == '\\' && !is_escaped;
    c == '<' ? out.append("\\u003c") : out.append(1, c);
  }
  return out;
}

}  // namespace

std::string to_html(const Content& content, const TextStyle& style) {
  const std::string document = to_json(content);
  const std::string models =
      content.models == nullptr ? "null" : service_models_for_page(content.models->models);
  return page_with({style.language, for_script(document), for_script(models),
                    for_script(words::said_texts(document + models, style.names))});
}

}  // namespace outlast::report
