#include "serve/told.h"

#include <charconv>
#include <utility>

#include "base/text.h"

namespace outlast::serve {

std::string_view part(const Told& told, std::string_view name) {
  const auto found = told.find(name);
  return found == told.end() ? std::string_view() : std::string_view(found->second);
}

int status_in(const Told& told) {
  const std::string_view text = part(told, "status");
  int status = 0;
  std::from_chars(text.data(), text.data() + text.size(), status);
  return status;
}

Response answer_in(const Told& told, bool is_late) {
  if (is_late) {
    return refusal(503, "the answer takes too long and was given up");
  }
  const int status = status_in(told);
  return status == 0 ? refusal(500, "the question could not be answered",
                               "what went wrong stands on the standard error of outlast serve")
                     : json_response(status, part(told, "answer"));
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (const std::string_view line : base::split(text, '\n')) {
    if (!line.empty()) {
      lines.emplace_back(line);
    }
  }
  return lines;
}

std::vector<Number> numbers_of(std::string_view text) {
  std::vector<Number> numbers;
  for (const std::string& line : lines_of(text)) {
    const auto words = base::split(line, ' ');
    if (words.size() == 3) {
      Number number{std::string(words[0]), 0, words[2] == "+"};
      std::from_chars(words[1].data(), words[1].data() + words[1].size(), number.value);
      numbers.push_back(std::move(number));
    }
  }
  return numbers;
}

}  // namespace outlast::serve
