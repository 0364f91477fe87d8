#### letters
set -- -a -b x; while getopts ab o; do echo $o $OPTIND; done; echo $OPTIND; shift $((OPTIND-1)); echo $1

#### letters together
set -- -abc; while getopts abc o; do echo $o; done; echo $OPTIND

#### an argument
set -- -a one -btwo -b three rest; while getopts a:b: o; do echo $o $OPTARG; done; shift $((OPTIND-1)); echo $*

#### an argument in a group
set -- -xfvalue y; while getopts xf: o; do echo "$o ${OPTARG-}"; done; echo $OPTIND

#### an empty argument
set -- -a '' b; getopts a: o; echo "$o [$OPTARG] $OPTIND"

#### an unknown option
set -- -z; getopts a o 2>/dev/null; echo "$? $o ${OPTARG-unset}"

#### an unknown option, silent
set -- -z; getopts :a o; echo "$? $o $OPTARG"

#### a missing argument
set -- -a; getopts a: o 2>/dev/null; echo "$? $o"

#### a missing argument, silent
set -- -a; getopts :a: o; echo "$? $o $OPTARG"

#### two dashes end options
set -- -a -- -b; while getopts ab o; do echo $o; done; echo $OPTIND

#### a word ends options
set -- -a x -b; while getopts ab o; do echo $o; done; echo $OPTIND

#### a single dash is no option
set -- -; getopts a o; echo $? $o $OPTIND

#### at the end
set -- -a; getopts a o; getopts a o; echo $? "$o" $OPTIND

#### words of its own
set -- -x; while getopts ab: o -a -b c d; do echo "$o ${OPTARG-}"; done; echo $OPTIND

#### begun again
set -- -a -b; getopts ab o; echo $o; OPTIND=1; getopts ab o; echo $o; getopts ab o; echo $o

#### in a function
f() { OPTIND=1; while getopts x:y o "$@"; do echo "$o ${OPTARG-}"; done; }; f -x 1 -y; f -y

#### OPTIND at the beginning
echo $OPTIND

#### a colon is no option
## dash: takes it for one
set -- -:; getopts :a o; echo $o

#### a message names the option
set -- -q; getopts a o 2>&1 | grep -c q

#### a bad name
## bash: its status is 1
(getopts a 1x -a) 2>/dev/null; test $? -gt 1 && echo failed

#### OPTARG is unset by an option without argument
## dash: keeps it empty
set -- -b v -a; getopts ab: o; getopts ab: o; echo "$o ${OPTARG-unset}"

#### in a subshell
set -- -a -b; (getopts ab o; echo $o); getopts ab o; echo $o

#### getopts with all it can meet
## dash: sets OPTARG where there is none
set -- -a -b val -cval -dx -- -e operand; while getopts ab:c:d o; do echo "$o ${OPTARG-unset}"; done 2>/dev/null; shift $((OPTIND-1)); echo "$@"

#### getopts in silence
set -- -x -b; while getopts :ab: o; do echo "$o ${OPTARG-unset}"; done; echo $OPTIND

#### getopts with arguments of its own, twice
for i in 1 2; do OPTIND=1; while getopts ab o -ab -b rest; do printf %s $o; done; echo $OPTIND; done

#### messages name the script, not the shell
## dash: has other words
set -- -z -a; while getopts a: o; do echo $o; done 2>&1

#### a subshell in the middle of a word leaves the place alone
set -- -abc; getopts abc o; (getopts abc o; echo $o); x=$(getopts abc o; echo $o); echo $x; getopts abc o; echo $o
