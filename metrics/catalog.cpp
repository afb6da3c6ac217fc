#include <array>

#include "core/registry.hpp"
#include "metrics/connectivity.hpp"
#include "metrics/dtssd.hpp"
#include "metrics/gradient.hpp"
#include "metrics/mad.hpp"
#include "metrics/mse.hpp"
#include "metrics/protocol.hpp"
#include "metrics/sad.hpp"
#include "metrics/trimap_iou.hpp"

namespace mbench::metrics {
namespace {

// The only list of metrics; its order is the column order of tables.
constexpr std::array<const Metric*, 9> kCatalog{
    &sad_metric,
    &mse_metric,
    &mad_metric,
    &gradient_metric,
    &connectivity_metric,
    &dtssd_metric,
    &trimap_accuracy_metric,
    &trimap_iou_metric,
    &trimap_miou_metric,
};

}  // namespace

std::span<const Metric* const> all_metrics() { return kCatalog; }

const Metric& find_metric(std::string_view id) { return find_by_id(all_metrics(), id, "metric"); }

}  // namespace mbench::metrics
