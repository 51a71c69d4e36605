package org.agreementledger.api.dashboard;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** What templates ask for by the name {@code @drawing}. */
@Component("drawing")
class Drawing {

    public String lane(TimeLine line, TimeLine.Lane lane) {
        return TimeLineDrawing.lane(line, lane);
    }

    public String turns(TimeLine line, TimeLine.Topic topic) {
        return TimeLineDrawing.turns(line, topic);
    }

    /** The shape of each. */
    public Map<String, String> kinds() {
        return new TreeMap<>(TimeLineDrawing.SHAPES);
    }
}
