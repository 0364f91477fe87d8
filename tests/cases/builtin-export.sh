# POSIX XCU 2.15 export, unset.

#### an exported variable stays exported when it is assigned
export x=1; x=2; sh -c 'echo $x'

#### a variable from the environment is exported
HOME=/x; sh -c 'echo $HOME'

#### export of several names
a=1; b=2; export a b c=3; sh -c 'echo $a $b $c'

#### the value of export is not split if it is quoted
x='a  b'; export y="$x"; sh -c 'echo "$y"'

#### a value of export may hold equals signs
export x=a=b==; sh -c 'echo $x'

#### an empty value is exported
export x=; sh -c 'echo "[${x-unset}]"'

#### a name without a value is not in the environment
export x; sh -c 'echo "[${x-unset}]"'

#### an assignment before export stays
x=1 export x; echo $x; sh -c 'echo $x'

#### export in a subshell is not seen outside
(export x=1); x=2; sh -c 'echo [$x]'

#### unset takes the mark of export with the value
export x=1; unset x; x=2; sh -c 'echo [$x]'

#### unset of several names
a=1 b=2; unset a b; echo "[$a$b]"

#### unset -v is for variables
x=1; unset -v x; echo "[$x]"

#### unset of what is not set succeeds
unset nope; echo $?

#### unset of what is no name ends the script
## dash: its status is 2; POSIX wants any but 0
## bash: goes on; POSIX 2.8.1 says that an error of a special built-in ends the script
unset 1x; echo after

#### export of a parameter ends the script
## dash: its status is 2; POSIX wants any but 0
## bash: goes on; POSIX 2.8.1 says that an error of a special built-in ends the script
export 1=x; echo after

#### unset IFS splits as blanks do
IFS=:; unset IFS; x='a b:c'; echo $x

#### a program does not see a HOME that was unset
unset HOME; sh -c 'echo "[${HOME-unset}]"'

#### export dash dash ends the options
export -- x=1; sh -c 'echo $x'

#### what export lists can be run again
## bash: writes a newline in a quoting that not every sh reads
export x="a b'c
d"; export -p >f; unset x; sh -c '. ./f; echo "$x"'

#### an empty PATH finds no program elsewhere
PATH=; no-such-program 2>/dev/null; echo $?

#### operands of an export from an expansion are split
## dash: knows the name from an expansion too; POSIX 2.9.1.1 looks at the word itself
e=export; x='a b'; $e y=$x; echo "$y"

#### export of an expansion to several operands
x='p=1 q=2'; export $x; echo $p $q

#### a tilde after a colon in an operand of export
export x=a:~/b y=~; echo $x $y

#### unset of a function, of a variable, of both
f() { echo f; }; f=v; unset f; f; echo ${f-unset}; f=v; unset -f f; f 2>/dev/null || echo none; echo $f; unset -v f; echo ${f-unset}

#### unset of nothing succeeds, of a read-only variable fails
## bash: goes on
unset nosuch; echo $?; readonly r=1; (unset r; echo no) 2>/dev/null; [ $? -ne 0 ] && echo refused

#### export -p can be read back
export x='a b' y="it's"; export n; export -p >f; unset x y n; . ./f 2>/dev/null; echo "$x $y ${n-unset}"; sh -c 'echo "$x $y"'

#### readonly -p can be read back
x='a b'; (readonly x; readonly -p | grep ' x=' >f); x=; . ./f; echo $x; (x=2) 2>/dev/null || echo refused

#### export and readonly expand their operands as assignments
HOME=/h; x='a b'; export y=$x z=~; readonly w=$x; echo "$y" "$z" "$w"
