#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "serve/history.h"
#include "serve/response.h"

/// What an answerer has told, read.
namespace outlast::serve {

/// By the name of each message, the last of that name.
using Told = std::map<std::string, std::string, std::less<>>;

/// Empty where nothing of that name was told.
[[nodiscard]] std::string_view part(const Told& told, std::string_view name);

/// That of the answer; 0 where it never came.
[[nodiscard]] int status_in(const Told& told);

/// The answer as it was told, or why there is none.
[[nodiscard]] Response answer_in(const Told& told, bool is_late);

/// Lines that say something.
[[nodiscard]] std::vector<std::string> lines_of(std::string_view text);

/// "availability 0.9993 +", a line each; what is written otherwise is left out.
[[nodiscard]] std::vector<Number> numbers_of(std::string_view text);

}  // namespace outlast::serve
