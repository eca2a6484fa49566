#pragma once

#include <string>

#include "blueprint/blueprint.h"
#include "incidents/incident.h"
#include "replay/exposure.h"

namespace outlast::replay {

/// "read, write": the operations of a provider that a list names; nothing for all, and for words of a
/// blueprint's own.
[[nodiscard]] std::string asked_text(const blueprint::Blueprint& bp, blueprint::Operations asked);

/// Does a need ask for sign-in: by its strength (`auth`, `refresh`), or by an operation that it names?
[[nodiscard]] bool is_for_sign_in(const blueprint::Blueprint& bp, const blueprint::Need& need,
                                  blueprint::Operations asked);

/// Is a phase about names or handshakes? What exists goes on then, what is new does not come about.
[[nodiscard]] bool is_about_connections(const incidents::Phase& phase);

/// Can nothing be launched while it lasts, and what runs runs on?
[[nodiscard]] bool stops_launches(const incidents::Phase& phase);

/// Is what plays a role deleted, wherever it lies? What that takes is a matter of copies: places.h.
[[nodiscard]] bool is_deletion(const incidents::Phase& phase);

/// Does a component that a phase hits lose requests, whoever asks for these operations?
///
/// in   asked  as a journey and the needs below it left them; words of the blueprint's own say
///             nothing about what they ask of a provider, so they may ask for all of it
/// assumes 
[[nodiscard]] bool strikes_whole(const blueprint::Blueprint& bp, const incidents::Phase& phase,
                                 blueprint::ComponentId id, blueprint::Operations asked);

/// Does it hit what a need asks for on its way: new connections, sign-in, launching, changes?
///
/// in   phase  of what the need is of
/// out  unknown where only sign-in fails and the need does not say whether it asks for that: it names
///      no operation
/// assumes  A-88
[[nodiscard]] Exposure strikes_way(const blueprint::Blueprint& bp, const incidents::Phase& phase,
                                   const blueprint::Need& need, blueprint::Operations asked);

}  // namespace outlast::replay
