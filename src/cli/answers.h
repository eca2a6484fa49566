#pragma once

#include <string>
#include <vector>

#include "base/source.h"
#include "cli/commands.h"
#include "cli/edited_files.h"
#include "serve/jobs.h"
#include "settings/settings.h"

namespace outlast::cli {

/// What the live view answers about.
struct Subject {
  std::vector<std::string> inputs;  ///< as given
  settings::Settings settings;
  base::Sources sources;      ///< of the settings' own file
  const StarterFiles& files;  ///< where they are read from
};

/// Answers a question of the live view with the bytes that the command of its name prints with
/// `-o json`. The whole protocol: docs/serve.md.
///
/// in   ask   the question and its members as JSON; "inputs" is the server's own
///      tell  hears passes, diagnostics, the status of HTTP and the answer (serve/jobs.h)
void answer(const Subject& subject, const serve::Ask& ask, const serve::Tell& tell);

}  // namespace outlast::cli
