#pragma once

#include <cstddef>
#include <cstdint>

namespace outlast::crew {

/// What a shared object offers that knows how processes reach each other. Plain C, so that program
/// and object need not come from one compiler.
///
/// A function that returns a number returns 0 where it went well; one that cannot go on may end
/// the process, and with it the crew.
struct Plugin {
  std::uint32_t version;  ///< kPluginVersion of whoever made it
  int (*join)(std::size_t* rank, std::size_t* size);
  /// In place, over all of the crew; returns once all have called it.
  int (*add_up)(std::uint64_t* values, std::size_t count);
  void (*leave)();
};

inline constexpr std::uint32_t kPluginVersion = 1;
/// The one symbol of the object: a function that returns a `const Plugin*`.
inline constexpr const char* kPluginSymbol = "outlast_crew_plugin";
using PluginFunction = const Plugin* (*)();

}  // namespace outlast::crew
