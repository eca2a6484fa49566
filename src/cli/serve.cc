#include "serve/serve.h"

#include <fmt/format.h>

#include <cstdlib>

#include "base/file_source.h"
#include "cli/answers.h"
#include "cli/checked.h"
#include "cli/commands.h"
#include "cli/evaluate.h"
#include "cli/print.h"
#include "incidents/archive.h"
#include "incidents/sheet.h"
#include "report/page.h"
#include "serve/history.h"

namespace outlast::cli {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// What is served where nothing is named: the blueprint of this folder, else an example to edit.
std::vector<std::string> usual_inputs(const StarterFiles& files) {
  fmt::print(stderr, "outlast: no INPUT: {}\n",
             files.is_starter(kUsualBlueprint)
                 ? fmt::format("an example to edit, as if it were {}; nothing is written to it",
                               kUsualBlueprint)
                 : kUsualBlueprint);
  return {kUsualBlueprint};
}

/// What is served is read again and again: it must be there, and must not be a stream.
base::Result<std::vector<std::string>> watchable(const std::vector<std::string>& inputs) {
  const base::DiskFiles files;
  for (const std::string& input : inputs) {
    if (input == "-") {
      return base::fail("standard input can be read only once", "name a file");
    }
    if (files.kind_of(input) == base::FileSource::PathKind::missing) {
      return base::fail(input + " does not exist");
    }
  }
  return inputs;
}

std::string history_of(const ServeOptions& options) {
  if (options.no_history) {
    return "";
  }
  return options.history_file.empty()
             ? serve::usual_history(variable("HOME"), variable("XDG_STATE_HOME"))
             : options.history_file;
}

}  // namespace

int run_serve(const ServeOptions& options) {
  base::Sources sources;
  const auto settings = settings_of(options.flags, sources);
  const StarterFiles files(kUsualBlueprint, starter_blueprint());
  const auto inputs = options.inputs.empty() ? usual_inputs(files) : watchable(options.inputs);
  const auto endpoint = serve::parse_endpoint(options.listen);
  if (!settings) {
    return kWrongInput;
  }
  if (!inputs || !endpoint) {
    return tell_error(inputs ? endpoint.error() : inputs.error());
  }
  serve::Options how;
  how.announce = [](const std::string& url) {
    if (!print(url + "\n")) {
      std::exit(kWrongInput);
    }
    fmt::print(stderr, "outlast: answers at this address; Ctrl-C ends it\n");
  };
  how.warn = [](const std::string& sentence) { fmt::print(stderr, "outlast: {}\n", sentence); };
  how.address = endpoint->address;
  how.port = endpoint->port;
  how.inputs = *inputs;
  how.history = history_of(options);
  how.page = report::live_page(settings->language);
  how.documents = {{"/api/incidents", incidents::list_json(incidents::archive())}};
  const Subject subject{*inputs, *settings, sources, files};
  const auto stopped = serve::serve(
      how,
      [&subject](const serve::Ask& ask, const serve::Tell& tell) { answer(subject, ask, tell); });
  if (!stopped) {
    return tell_error(stopped.error());
  }
  return kOk;
}

}  // namespace outlast::cli
