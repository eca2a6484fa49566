#pragma once

#include <string>
#include <string_view>

namespace outlast::words {

/// Chooses particles by the sound before them: "서버이(가)" becomes "서버가", "존이(가)" "존이".
///
/// in   a text with 이(가), 은(는), 을(를), 과(와), (으)로, 이(라)도 …, each behind what it follows
/// out  the particle for a syllable with or without a final; of Latin letters and digits by how
///      they are read; both, as written, where nobody can tell
[[nodiscard]] std::string with_particles(std::string_view text);

}  // namespace outlast::words
