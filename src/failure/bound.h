#pragma once

namespace outlast::failure {

/// Which end of what is not known a reading takes.
enum class Bound { evidence, pessimistic, optimistic };

}  // namespace outlast::failure
